import { PDFDocument } from "@napi-rs/canvas";
import type { Figure } from "../findings.js";
import type { Panel } from "../panel.js";
import { plotSize } from "./canvas.js";
import { onCanvas } from "./png.js";
import { withResolution } from "./png-resolution.js";
import { legendAndPanels, type Sheet, sheetOf } from "./sheet.js";

// A journal's page, and its letters: 15 pixels of a chart are 7.2 points where a figure has one or two columns.

const dotsPerInch = 300;
/** The widths of a column and of a page of two, in inches. */
const inches = { column: 3.5, page: 7 } as const;
const pixelsPerInch = 150;
/** Panels beside each other keep so many pixels; their letters then become smaller. */
const narrowestPanel = 300;

/** A figure for print: as pixels, and as lines and letters. */
export interface PrintedFigure {
  readonly png: Buffer;
  readonly pdf: Buffer;
}

/**
 * A figure as a paper has it: 3.5 inches wide where it is one panel, else 7, the legend and the panels alone. Title and
 * caption belong into the paper's text; the PDF has them as its title and subject. The same data and font as on the
 * screen, embedded in the PDF. Equal figures give equal bytes.
 *
 * @returns PNG of 300 dots an inch, 1050 or 2100 pixels wide, and PDF
 */
export function renderPaper(figure: Figure): PrintedFigure {
  const { sheet, width } = paperSheet(figure);
  return { png: png(sheet, width), pdf: pdf(figure, sheet, width) };
}

/** A figure laid out for print, and its width in inches. */
export function paperSheet(figure: Figure): { sheet: Sheet; width: number } {
  const width = isNarrow(figure) ? inches.column : inches.page;
  return { sheet: sheetOf(onPaper(figure, width), { margin: 0, heading: false }), width };
}

/** Whether a column of a page holds a figure: one panel without a column of words. */
function isNarrow({ columns, panels, panelWidth = 720 }: Figure): boolean {
  return columns === 1 && panelWidth <= 820 && !panels.some(hasRowsOfWords);
}

const hasRowsOfWords = ({ y }: Panel) => y.labels !== undefined;

/** The figure with panels of the width that print leaves them; their plots keep their shape, or their rows of words. */
function onPaper(figure: Figure, width: number): Figure {
  const { columns, panelWidth = 720, panelHeight = 520 } = figure;
  const { panels } = legendAndPanels(figure);
  const narrowed = Math.max(narrowestPanel, Math.floor((width * pixelsPerInch) / columns));
  const heights = panels.map((panel) => {
    if (hasRowsOfWords(panel)) return panelHeight;
    const [before, after] = [panelWidth, narrowed].map((w) => plotSize(panel, w, panelHeight));
    return panelHeight - after.height + (before.height * after.width) / before.width;
  });
  return { ...figure, panelWidth: narrowed, panelHeight: Math.round(Math.max(...heights)) };
}

function png(sheet: Sheet, width: number): Buffer {
  const canvas = onCanvas(sheet, (width * dotsPerInch) / sheet.width);
  return withResolution(canvas.toBuffer("image/png"), dotsPerInch);
}

function pdf({ title, caption }: Figure, sheet: Sheet, width: number): Buffer {
  const scale = (72 * width) / sheet.width;
  const document = new PDFDocument({ title, subject: caption, creator: "Ringdown" });
  const context = document.beginPage(72 * width, scale * sheet.height);
  context.scale(scale, scale);
  sheet.draw(context);
  document.endPage();
  return document.close();
}
