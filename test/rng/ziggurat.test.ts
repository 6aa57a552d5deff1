import { describe, expect, it } from "vitest";
import { certain, tailStart, uncertain, widths } from "../../src/rng/ziggurat.js";

const density = (x: number) => Math.exp(-0.5 * x * x);

describe("the ziggurat's layers", () => {
  it("have equal areas and end at the top of the curve", () => {
    const area = widths[0] * density(tailStart);
    for (let layer = 1; layer < 256; layer++) {
      const next = certain[layer] * widths[layer];
      expect((widths[layer] * (density(next) - density(widths[layer]))) / area).toBeCloseTo(1, 10);
    }
    expect(certain[255]).toBe(0);
  });

  it("stand on both sides", () => {
    for (let entry = 0; entry < 256; entry++) {
      expect(widths[entry + 256]).toBe(-widths[entry]);
      expect(certain[entry + 256]).toBe(certain[entry]);
    }
  });

  it("take points under the curve and none above", () => {
    // In the highest layer, at its outer end: the density there is least.
    const share = 0.999;
    const x = share * widths[255];
    const [below, above] = [density(widths[255]), 1];
    const height = (density(x) - below) / (above - below);
    expect(uncertain(255, share, () => height - 1e-6)).toBe(share);
    expect(uncertain(255, share, () => height + 1e-6)).toBeNaN();
  });

  it("go on behind the last edge with the tail", () => {
    const draws = [0.5, 0.9];
    let next = 0;
    const uniform = () => draws[next++ % 2];
    expect(uncertain(0, 0.99, uniform) * widths[0]).toBeCloseTo(tailStart + Math.LN2 / tailStart, 12);
  });
});
