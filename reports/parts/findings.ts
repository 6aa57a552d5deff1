import type { Panel } from "./panel.js";

// Findings are plain data: what is written as PNG and Markdown, a page can carry as JSON.

/** A claim and what the measurements say of it. */
export interface Verdict {
  readonly claim: string;
  readonly verdict: "true" | "false" | "depends" | "not distinguishable";
  /** The numbers that decide, in a sentence or two. */
  readonly because: string;
}

/** How a verdict reads. */
export const verdictWords: Readonly<Record<Verdict["verdict"], string>> = {
  true: "True",
  false: "False",
  depends: "It depends",
  "not distinguishable": "Not distinguishable here",
};

/** Cells are texts, numbers among them written for readers. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Panels under a common heading. */
export interface Figure {
  /** File name, without the folder; ends in `.png`. */
  readonly file: string;
  /** What the figure shows to be so. */
  readonly title: string;
  /** How to read it; what it says of the measurements is computed from them. */
  readonly caption: string;
  /** Panels beside each other. */
  readonly columns: number;
  readonly panels: readonly Panel[];
  /** Size of one panel, in pixels; default 720 × 520. */
  readonly panelWidth?: number;
  readonly panelHeight?: number;
}

/** A part of a report: a heading, a figure, paragraphs and tables. */
export interface Section {
  readonly heading: string;
  readonly figure?: Figure;
  /** Paragraphs, in Markdown, and tables, in their order. */
  readonly content: readonly (string | Table)[];
}

/** What an experiment's measures, or a whole report's, make of the rows. */
export interface Found {
  readonly verdicts: readonly Verdict[];
  readonly sections: readonly Section[];
}

/** What a report found, as plain data: verdicts first, then sections. */
export interface Findings extends Found {
  readonly title: string;
  readonly introduction: string;
  /** Before the verdicts: everything at a glance. */
  readonly cover?: Section;
}

/** All figures of a report, in the order in which they come. */
export function figuresOf({ cover, sections }: Findings): Figure[] {
  return [...(cover === undefined ? [] : [cover]), ...sections].flatMap(({ figure }) => figure ?? []);
}
