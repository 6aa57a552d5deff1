import { describe, expect, it } from "vitest";
import { blend, heatMap } from "../../reports/heat-map.js";
import { renderFigure } from "../../reports/png.js";
import { chart } from "../../reports/theme.js";
import { pixels } from "./pixels.js";

describe("a heat map", () => {
  it("colours the cell around each point, upward and to the right as the axes go, and leaves what is NaN white", async () => {
    // Lower left −1, lower right 1, upper left NaN, upper right 1.
    const grid = { x: [0, 1, 0, 1], y: [0, 0, 1, 1], value: [-1, 1, Number.NaN, 1] };
    const axis = { title: "axis", min: -0.5, max: 1.5 };
    const panel = {
      ...chart("map", axis, axis, [], { legend: false }),
      plugins: [heatMap(grid, (value) => (value > 0 ? "#FF0000" : "#0000FF"))],
    };
    const figure = { file: "", title: "", caption: "", columns: 1, panelWidth: 400, panelHeight: 400 };
    const { width, height, count } = await pixels(await renderFigure({ ...figure, panels: [panel] }));
    const red = (r: number, g: number, b: number) => r === 255 && g === 0 && b === 0;
    const blue = (r: number, g: number, b: number) => r === 0 && g === 0 && b === 255;
    const [reds, blues] = [count(0, 0, width, height, red), count(0, 0, width, height, blue)];
    expect(blues).toBeGreaterThan(10_000);
    expect(reds / blues).toBeGreaterThan(1.9);
    expect(reds / blues).toBeLessThan(2.1);
    // The upper part of the picture has no blue, the left half of its plane no red.
    expect(count(0, 0, width, height / 2, blue)).toBe(0);
    expect(count(0, 0, 200, height, red)).toBe(0);
  });

  it("blends two colours by a share", () => {
    expect(blend("#FFFFFF", "#0072B2", 0)).toBe("rgb(255, 255, 255)");
    expect(blend("#FFFFFF", "#0072B2", 1)).toBe("rgb(0, 114, 178)");
    expect(blend("#000000", "#C80064", 0.5)).toBe("rgb(100, 0, 50)");
  });
});
