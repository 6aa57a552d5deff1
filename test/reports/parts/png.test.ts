import { describe, expect, it } from "vitest";
import { colours } from "../../../reports/parts/colours.js";
import type { Figure } from "../../../reports/parts/findings.js";
import { line, logarithmicBounds } from "../../../reports/parts/panel.js";
import { renderFigure } from "../../../reports/parts/render/png.js";
import { registerFonts, widthOf, wrap } from "../../../reports/parts/render/words.js";
import { pixels } from "./pixels.js";

const figure: Figure = {
  file: "test.png",
  title: "A title",
  caption: "A caption that is long enough to need more than one line in a picture as narrow as this one, β₁ = 0.9.",
  columns: 1,
  panelWidth: 400,
  panelHeight: 300,
  panels: [
    {
      title: "panel",
      x: { title: "x" },
      y: { title: "y", scale: "logarithmic" },
      series: [
        line(
          "series",
          [
            { x: 1, y: 1 },
            { x: 2, y: 100 },
          ],
          colours.vermillion,
        ),
      ],
    },
  ],
};

describe("a figure", () => {
  it("is the same bytes every time", () => {
    expect(Buffer.compare(renderFigure(figure), renderFigure(figure))).toBe(0);
  });

  it("draws its title, its caption and its axes' titles: the font is there", async () => {
    const { width, height, count } = await pixels(renderFigure(figure));
    const dark = (r: number, g: number, b: number) => r + g + b < 300;
    expect(width).toBe(448);
    expect(count(0, 20, width, 30, dark)).toBeGreaterThan(200);
    expect(count(0, 58, width, 60, dark)).toBeGreaterThan(500);
    expect(count(24, height - 90, 400, 60, dark)).toBeGreaterThan(50);
  });

  it("draws its series in their colour on white", async () => {
    const { width, height, count } = await pixels(renderFigure(figure));
    expect(count(0, 100, width, height - 100, (r, g, b) => r > 200 && g > 70 && g < 120 && b < 40)).toBeGreaterThan(
      200,
    );
    expect(count(0, 0, width, 10, (r, g, b) => r + g + b === 765)).toBe(width * 10);
  });
});

describe("a long title", () => {
  it("takes a second line, and the picture grows by it", async () => {
    const [short, long] = await Promise.all(
      ["Short", "A title that does not fit this picture"].map((title) => pixels(renderFigure({ ...figure, title }))),
    );
    expect(long.height - short.height).toBe(30);
  });
});

describe("a curve", () => {
  it("has a gap where a coordinate is not finite", () => {
    expect(
      line(
        "",
        [
          { x: 1, y: Number.NaN },
          { x: 2, y: 3 },
        ],
        colours.blue,
      ).points,
    ).toEqual([null, { x: 2, y: 3 }]);
  });
});

describe("the bounds of a logarithmic axis", () => {
  it("leave room around the positive values only", () => {
    expect(logarithmicBounds([1, 100, -5, 0, Number.NaN], 2)).toEqual({ min: 0.5, max: 200 });
  });
});

describe("the lines of a text", () => {
  it("fit a width, and never end beside an equals sign", () => {
    registerFonts();
    const text = "turns at β = 0.5 and ends";
    const width = widthOf("turns at β", 16) + 1;
    expect(wrap(text, width, 16)).toEqual(["turns at", "β = 0.5", "and ends"]);
  });
});
