import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discriminatorLoss, generatorLoss } from "../../../gan/losses/batch-losses.js";
import { logitLosses } from "../../../gan/losses/logit-losses.js";

describe("the losses of batches", () => {
  it.each(Object.keys(logitLosses) as (keyof typeof logitLosses)[])(
    "%s: have the derivative that they write",
    (name) => {
      const h = 1 / 256;
      // A hinge has no derivative at its corner.
      const awayFromCorner = (value: number) => Math.abs(Math.abs(value) - 1) > 2 * h;
      const logit = fc.float({ min: -8, max: 8, noNaN: true }).filter(awayFromCorner);
      fc.assert(
        fc.property(fc.array(logit, { minLength: 4, maxLength: 4 }), (values) => {
          for (const [loss, rows] of [
            [discriminatorLoss, 2],
            [generatorLoss, 4],
          ] as const) {
            const gradient = new Float32Array(4);
            loss(logitLosses[name], Float32Array.from(values), rows, gradient);
            const written = [...gradient];
            values.forEach((value, i) => {
              const at = (shift: number) =>
                loss(
                  logitLosses[name],
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
    },
  );

  it.each([
    ["minimax", Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(-1)), -Math.log1p(Math.exp(-1))],
    ["nonSaturating", Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(-1)), 1 + Math.log1p(Math.exp(-1))],
    ["wasserstein", -2 - 1, 1],
    ["leastSquares", 1 / 2 + 0, 4 / 2],
    ["hinge", 0 + 0, 1],
  ] as const)("%s: are what they are called, for a real logit of 2 and a fake one of −1", (name, critic, generator) => {
    const logits = Float32Array.of(2, -1);
    expect(discriminatorLoss(logitLosses[name], logits, 1, new Float32Array(2))).toBeCloseTo(critic, 12);
    expect(generatorLoss(logitLosses[name], logits.subarray(1), 1, new Float32Array(1))).toBeCloseTo(generator, 12);
  });
});
