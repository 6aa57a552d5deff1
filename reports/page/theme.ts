import type { Panel } from "../parts/panel.js";
import { type Ink, paperInk } from "../parts/render/chart.js";

export type Theme = "light" | "dark";

/** The colours of words, rules and frames in charts. */
export const inks: Readonly<Record<Theme, Ink>> = {
  light: paperInk,
  dark: { title: "#EEE", words: "#DDD", ticks: "#C4CAD0", grid: "#343B42", minorGrid: "#23282D", border: "#737B84" },
};

/** Black curves are white on a dark page. */
export const shownColour = (colour: string, theme: Theme): string =>
  theme === "dark" && /^#(000000|111111|111|000)$/i.test(colour) ? "#F2F2F2" : colour;

/** A panel in the colours of a theme; heat maps bring their own ground. */
export function themed(panel: Panel, theme: Theme): Panel {
  if (panel.heat !== undefined) return panel;
  return { ...panel, series: panel.series.map((one) => ({ ...one, colour: shownColour(one.colour, theme) })) };
}

/**
 * Shows the page as the reader's system asks, and the other way at a press of the button.
 *
 * @param onChange called whenever the theme changes
 */
export function followTheme(onChange: (theme: Theme) => void): { current(): Theme } {
  const asked = matchMedia("(prefers-color-scheme: dark)");
  const button = document.getElementById("theme");
  let theme: Theme = asked.matches ? "dark" : "light";
  const show = (next: Theme) => {
    theme = next;
    document.documentElement.dataset.theme = theme;
    button?.setAttribute("aria-pressed", String(theme === "dark"));
    onChange(theme);
  };
  show(theme);
  asked.addEventListener("change", ({ matches }) => show(matches ? "dark" : "light"));
  button?.removeAttribute("hidden");
  button?.addEventListener("click", () => show(theme === "dark" ? "light" : "dark"));
  return { current: () => theme };
}
