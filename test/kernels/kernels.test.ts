import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DenseShape } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { Pool, strayAt } from "./stray-at.js";

const engine = createWasmEngine();
const most = 256;
const pool = new Pool(engine, most * most + most);

describe("the kernels", () => {
  const sizes = [0, 1, 2, 3, 5, 17, 64, 256];

  it.each(sizes)("stay within float32's error of a float64 reference for all shapes of %i rows", (rows) => {
    expect(sizes.flatMap((inputs) => sizes.flatMap((outputs) => strayAt(pool, rows, inputs, outputs)))).toEqual([]);
  });

  it("do so for any small shape, on vectors that are not aligned", () => {
    const size = fc.nat({ max: 40 });
    fc.assert(
      fc.property(size, size, size, fc.nat({ max: 3 }), (rows, inputs, outputs, skew) => {
        expect(strayAt(pool, rows, inputs, outputs, skew)).toEqual([]);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("write nothing behind or before their results", () => {
    for (const [rows, inputs, outputs] of [
      [3, 5, 7],
      [9, 17, 1],
      [5, 3, 18],
    ]) {
      const shape: DenseShape = { rows, inputs, outputs, activation: "tanh", slope: 0.2 };
      const input = pool.drawn(0, rows * inputs);
      const weights = pool.drawn(1, inputs * outputs);
      const bias = pool.drawn(2, outputs);
      const gradient = pool.drawn(3, rows * outputs);
      const guarded = (size: number, run: (vector: Float32Array) => void) => {
        const all = pool.window(4, size + 2).fill(7);
        run(all.subarray(1, size + 1));
        expect([all[0], all[size + 1]]).toEqual([7, 7]);
      };
      const bystander = pool.window(5, inputs * outputs + outputs);
      guarded(rows * outputs, (to) => engine.denseForward(shape, input, weights, bias, to));
      guarded(rows * outputs, (to) => engine.activationBackward(shape, gradient, to));
      guarded(rows * inputs, (to) => engine.denseBackwardInput(shape, gradient, weights, to, shape, input));
      guarded(inputs * outputs, (to) => engine.denseBackwardWeights(shape, input, gradient, to, bystander));
      guarded(outputs, (to) => engine.denseBackwardWeights(shape, input, gradient, bystander, to));
    }
  });

  it("compute tanh within 4e-7 and inside ±1, odd, with its limits exact", () => {
    const count = 20_000;
    const shape: DenseShape = { rows: count, inputs: 1, outputs: 1, activation: "tanh", slope: 0 };
    const x = pool.window(0, count);
    const [one, none] = [engine.allocate(1).fill(1), engine.allocate(1)];
    for (let i = 0; i < count; i++) x[i] = (i / count) * 12;
    x.set([1e-38, 3e-20, 1e10, Number.POSITIVE_INFINITY], 1);
    const h = pool.window(1, count);
    engine.denseForward(shape, x, one, none, h);
    const errors = Array.from(h, (value, i) => Math.abs(value - Math.tanh(x[i])));
    expect(Math.max(...errors)).toBeLessThan(4e-7);
    expect(Math.max(...h)).toBe(1);
    expect([h[0], h[3], h[4], h[count - 1]]).toEqual([0, 1, 1, 1]);
    expect(h[1] / 1e-38).toBeCloseTo(1, 6);
    expect(h[2] / 3e-20).toBeCloseTo(1, 6);
    const negative = pool.window(2, count);
    engine.denseForward(shape, x, one.fill(-1), none, negative);
    expect(Array.from(negative, (value) => Math.abs(value))).toEqual(Array.from(h));
  });
});
