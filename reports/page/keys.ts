import type { Panel, Series } from "../parts/panel.js";
import { type Theme, themed } from "./theme.js";

/**
 * The legend: a button a named curve, which shows and hides it.
 *
 * @param onSwitch called with the series' place in the panel
 */
export function keysOf(
  panel: Panel,
  theme: Theme,
  onSwitch: (series: number, visible: boolean) => void,
): { element: HTMLElement; recolour(theme: Theme): void } {
  const list = document.createElement("ul");
  list.className = "keys";
  list.setAttribute("aria-label", "Curves: press to hide or show");
  const paint: ((theme: Theme) => void)[] = [];
  panel.series.forEach((series, i) => {
    if (series.kind === "band" || series.label === "") return;
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    const sign = document.createElement("span");
    const show = (now: Theme) => {
      sign.innerHTML = signOf(series, themed(panel, now).series[i].colour);
    };
    show(theme);
    paint.push(show);
    button.append(sign, series.label);
    button.addEventListener("click", () => {
      const visible = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(visible));
      onSwitch(i, visible);
    });
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  });
  return {
    element: list,
    recolour(next) {
      for (const show of paint) show(next);
    },
  };
}

/** A piece of the line, or the mark. */
function signOf(series: Exclude<Series, { kind: "band" }>, colour: string): string {
  const stroke = `stroke="${colour}"`;
  if (series.kind === "line") {
    const dash = series.dash === undefined ? "" : ` stroke-dasharray="${series.dash.join(" ")}"`;
    return svg(`<line x1="1" y1="6" x2="23" y2="6" ${stroke} stroke-width="3"${dash}/>`);
  }
  const fill = `fill="${colour}"`;
  const shapes = {
    circle: `<circle cx="12" cy="6" r="5" ${fill}/>`,
    ring: `<circle cx="12" cy="6" r="4.5" fill="none" ${stroke} stroke-width="2.5"/>`,
    triangle: `<path d="M12 0.5 18 11H6Z" ${fill}/>`,
    rect: `<rect x="7" y="1" width="10" height="10" ${fill}/>`,
    crossRot: `<path d="M7 1 17 11M17 1 7 11" ${stroke} stroke-width="2.5"/>`,
  };
  return svg(shapes[series.shape ?? "circle"]);
}

const svg = (content: string) => `<svg width="24" height="12" viewBox="0 0 24 12" aria-hidden="true">${content}</svg>`;
