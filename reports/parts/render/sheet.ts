import type { Figure } from "../findings.js";
import { drawLegend, drawPanel, legendHeight } from "./canvas.js";
import type { Pen } from "./part-of-sheet.js";
import { sharedLegend, withoutLegend } from "./shared-legend.js";
import { fontOf, registerFonts, wrap } from "./words.js";

const titleSize = 24;
const captionSize = 16;

/** A figure laid out, to be drawn on any blank canvas of its size. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  draw(context: Pen): void;
}

/** How a sheet is made. */
interface Style {
  /** around everything, in pixels */
  readonly margin: number;
  /** whether the figure's title and caption stand above its panels */
  readonly heading: boolean;
}

/** The legend that a figure's panels share, where they can, and the panels as they are drawn then. */
export function legendAndPanels({ panels }: Figure) {
  const legend = sharedLegend(panels);
  return { legend, panels: legend === undefined ? panels : panels.map(withoutLegend) };
}

/** A figure's heading, the legend where its panels can share one, and its panels, from top to bottom. */
export function sheetOf(figure: Figure, { margin, heading }: Style): Sheet {
  registerFonts();
  const { columns, panelWidth = 720, panelHeight = 520 } = figure;
  const inner = columns * panelWidth;
  const title = heading ? wrap(figure.title, inner, titleSize, "bold") : [];
  const caption = heading ? wrap(figure.caption, inner, captionSize) : [];
  const { legend, panels } = legendAndPanels(figure);

  const captionTop = margin + title.length * (titleSize + 6) + 6;
  const legendTop = heading ? captionTop + caption.length * (captionSize + 6) + 10 : margin;
  const legendSize = legend === undefined ? 0 : legendHeight(legend, inner);
  const top = legendTop + legendSize;
  return {
    width: 2 * margin + inner,
    height: top + Math.ceil(panels.length / columns) * panelHeight + margin / 2,
    draw(context) {
      context.textBaseline = "top";
      context.fillStyle = "#111";
      context.font = fontOf(titleSize, "bold");
      title.forEach((text, i) => {
        context.fillText(text, margin, margin + i * (titleSize + 6));
      });
      context.fillStyle = "#444";
      context.font = fontOf(captionSize);
      caption.forEach((text, i) => {
        context.fillText(text, margin, captionTop + i * (captionSize + 6));
      });
      if (legend !== undefined) {
        drawLegend(context, legend, { x: margin, y: legendTop, width: inner, height: legendSize });
      }
      panels.forEach((panel, i) => {
        const [x, y] = [margin + (i % columns) * panelWidth, top + Math.floor(i / columns) * panelHeight];
        drawPanel(context, panel, { x, y, width: panelWidth, height: panelHeight });
      });
    },
  };
}
