import { describe, expect, it } from "vitest";
import { colours } from "../../../reports/parts/colours.js";
import type { Figure } from "../../../reports/parts/findings.js";
import { line, marks, type Panel } from "../../../reports/parts/panel.js";
import { renderPaper } from "../../../reports/parts/render/paper.js";
import { pixels } from "./pixels.js";

const points = [1, 2, 3].map((x) => ({ x, y: x * x }));
const panel: Panel = {
  title: "Above",
  x: { title: "x" },
  y: { title: "ρ" },
  series: [line("line", points, colours.blue), marks("mark", points, colours.vermillion)],
};
const figure: Figure = { file: "a.png", title: "Longer memories: ρ", caption: "How.", columns: 1, panels: [panel] };
const pair: Figure = { ...figure, columns: 2, panels: [panel, { ...panel, title: "Beside" }] };

/** The chunks of a PNG by their type. */
function chunksOf(png: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return chunks;
}

/** A string of a PDF's description, which is UTF-16 where it is not ASCII. */
function describedIn(pdf: Buffer, key: string): string {
  const [, hex, plain] = pdf.toString("latin1").match(new RegExp(`/${key} (?:<([0-9A-F]+)>|\\(([^)]*)\\))`)) ?? [];
  return hex === undefined ? plain : Buffer.from(hex, "hex").swap16().toString("utf16le").replace("\ufeff", "");
}

describe("a figure for print", () => {
  it("is one column wide where it is one panel, else a page, at 300 dots an inch", async () => {
    for (const [one, inches] of [[figure, 3.5] as const, [pair, 7] as const]) {
      const { png } = renderPaper(one);
      expect((await pixels(png)).width).toBe(300 * inches);
      const resolution = chunksOf(png).get("pHYs");
      expect([resolution?.readUInt32BE(0), resolution?.readUInt32BE(4), resolution?.[8]]).toEqual([11811, 11811, 1]);
    }
  });

  it("is a page of a PDF of the same size, with the font and the words that belong into the text", () => {
    for (const [one, inches] of [[figure, 3.5] as const, [pair, 7] as const]) {
      const { pdf, png } = renderPaper(one);
      const [, width, height] = pdf.toString("latin1").match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/) ?? [];
      expect(Number(width)).toBe(72 * inches);
      expect(Number(height)).toBeCloseTo((png.readUInt32BE(20) * 72) / 300, 0);
      expect([describedIn(pdf, "Title"), describedIn(pdf, "Subject")]).toEqual([one.title, one.caption]);
      expect(pdf.toString("latin1")).toMatch(/\/FontName \/[A-Z]+\+DejaVuSans/);
    }
  });

  it("keeps the shape of its plots, and the colours of its series", async () => {
    const { png } = renderPaper(pair);
    const { width, height, count } = await pixels(png);
    const blue = (left: number) => count(left, 0, width / 2, height, (r, g, b) => r < 40 && g > 80 && b > 150);
    expect(blue(0)).toBeGreaterThan(500);
    expect(blue(width / 2)).toBeGreaterThan(500);
    // 720 × 520 on the screen; words take a larger share of a smaller panel.
    expect(height / (width / 2)).toBeGreaterThan(520 / 720);
  });

  it("is the same bytes every time", () => {
    const [once, again] = [renderPaper(pair), renderPaper(pair)];
    expect(Buffer.compare(once.png, again.png)).toBe(0);
    expect(Buffer.compare(once.pdf, again.pdf)).toBe(0);
  });
});
