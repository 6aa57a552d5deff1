import { describe, expect, it } from "vitest";
import { blend, colourScales, judged } from "../../../reports/parts/colours.js";
import { renderFigure } from "../../../reports/parts/render/png.js";
import { pixels } from "./pixels.js";

describe("a heat map", () => {
  it("colours the cell around each point, upward and to the right as the axes go, and leaves what is null white", async () => {
    // Lower left surely generated, lower right real, upper left nothing, upper right real.
    const heat = { x: [0, 1, 0, 1], y: [0, 0, 1, 1], value: [-100, 100, null, 100], colours: "logit" } as const;
    const axis = { title: "axis", min: -0.5, max: 1.5 };
    const panel = { title: "map", x: axis, y: axis, series: [], heat };
    const figure = { file: "", title: "", caption: "", columns: 1, panelWidth: 400, panelHeight: 400 };
    const { width, height, count } = await pixels(renderFigure({ ...figure, panels: [panel] }));
    const of = (colour: string) => (r: number, g: number, b: number) => `rgb(${r}, ${g}, ${b})` === colour;
    const [real, fake] = [of(colourScales.logit(100)), of(colourScales.logit(-100))];
    const [reals, generated] = [count(0, 0, width, height, real), count(0, 0, width, height, fake)];
    expect(generated).toBeGreaterThan(10_000);
    expect(reals / generated).toBeGreaterThan(1.9);
    expect(reals / generated).toBeLessThan(2.1);
    // The upper part of the picture has nothing generated, the left half of its plane nothing real.
    expect(count(0, 0, width, height / 2, fake)).toBe(0);
    expect(count(0, 0, 200, height, real)).toBe(0);
  });

  it("of a logit is white where the discriminator cannot tell, and the stronger the surer it is", () => {
    expect(colourScales.logit(0)).toBe("rgb(255, 255, 255)");
    expect(colourScales.logit(50)).toBe(blend("#FFFFFF", judged.real, 0.85));
    expect(colourScales.logit(-50)).toBe(blend("#FFFFFF", judged.generated, 0.85));
  });

  it("blends two colours by a share", () => {
    expect(blend("#FFFFFF", "#0072B2", 0)).toBe("rgb(255, 255, 255)");
    expect(blend("#FFFFFF", "#0072B2", 1)).toBe("rgb(0, 114, 178)");
    expect(blend("#000000", "#C80064", 0.5)).toBe("rgb(100, 0, 50)");
  });
});
