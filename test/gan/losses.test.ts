import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discriminatorLoss, generatorLoss, sigmoid, softplus } from "../../gan/losses.js";

describe("the logistic losses", () => {
  it("stay finite where eˣ overflows", () => {
    expect(softplus(1000)).toBe(1000);
    expect(softplus(-1000)).toBe(0);
    expect(sigmoid(1000)).toBe(1);
    expect(sigmoid(-1000)).toBe(0);
  });

  it("have the derivative that they write", () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 4, maxLength: 4 }), (values) => {
        const h = 1 / 256;
        for (const [loss, rows] of [
          [discriminatorLoss, 2],
          [generatorLoss, 4],
        ] as const) {
          const gradient = new Float32Array(4);
          loss(Float32Array.from(values), rows, gradient);
          const written = [...gradient];
          values.forEach((value, i) => {
            const at = (shift: number) =>
              loss(
                Float32Array.from(values, (v, k) => (k === i ? value + shift : v)),
                rows,
                new Float32Array(4),
              );
            const exact = Math.fround(value + h) - Math.fround(value - h);
            // Central differences: h²/6 · |f‴| ≤ 1e-6; the logits' own rounding is taken out by `exact`.
            expect(Math.abs((at(h) - at(-h)) / exact - written[i])).toBeLessThan(1e-5);
          });
        }
      }),
    );
  });
});
