import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { activations, type DenseShape } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import {
  activated,
  biasGradient,
  derived,
  type Exact,
  inputGradient,
  preActivation,
  stray,
  weightGradient,
} from "./reference.js";

const engine = createWasmEngine();
const stream = new RandomStream(1, "data");
const most = 256;
const pool = Array.from({ length: 6 }, () => engine.allocate(most * most + most));

/** A window of normals, `skew` floats off the alignment of its vector. */
function drawn(slot: number, size: number, skew: number): Float32Array {
  const vector = pool[slot].subarray(skew, skew + size);
  stream.fillNormal(vector);
  return vector;
}

/** Compares every function of the engine with the float64 reference for one shape and all activations. */
function strayAt(rows: number, inputs: number, outputs: number, skew = 0): string[] {
  const plain: DenseShape = { rows, inputs, outputs, activation: "identity", slope: 0.2 };
  const input = drawn(0, rows * inputs, skew);
  const weights = drawn(1, inputs * outputs, skew);
  const bias = drawn(2, outputs, skew);
  const gradient = drawn(3, rows * outputs, skew);
  const out = (size: number) => pool[4].subarray(skew, skew + size).fill(Number.NaN);
  const found: string[] = [];
  const compare = (what: string, actual: Float32Array, exact: Exact) => {
    const where = stray(actual, exact);
    if (where !== undefined) found.push(`${what} of ${rows}x${inputs}x${outputs} off by ${skew} ${where}`);
  };

  const before = preActivation(plain, input, weights, bias);
  const back = inputGradient(plain, gradient, weights);
  for (const activation of activations) {
    const shape = { ...plain, activation };
    const output = out(rows * outputs);
    engine.denseForward(shape, input, weights, bias, output);
    compare(`${activation} forward`, output, activated(shape, before));

    const changed = pool[5].subarray(skew, skew + rows * outputs);
    changed.set(gradient);
    engine.activationBackward(shape, output, changed);
    const exactGradient = { value: Float64Array.from(gradient), bound: new Float64Array(gradient.length) };
    compare(`${activation} backward`, changed, derived(shape, output, exactGradient));

    const below = { ...plain, outputs: inputs, inputs: 1, activation };
    const toInput = out(rows * inputs);
    engine.denseBackwardInput(shape, gradient, weights, toInput, below, input);
    compare(`input gradient through ${activation}`, toInput, derived(below, input, back));
  }
  const toInput = out(rows * inputs);
  engine.denseBackwardInput(plain, gradient, weights, toInput);
  compare("input gradient", toInput, back);
  const toWeights = out(inputs * outputs);
  const toBias = pool[5].subarray(skew, skew + outputs).fill(Number.NaN);
  engine.denseBackwardWeights(plain, input, gradient, toWeights, toBias);
  compare("weight gradient", toWeights, weightGradient(plain, input, gradient));
  compare("bias gradient", toBias, biasGradient(plain, gradient));
  return found;
}

describe("the kernels", () => {
  const sizes = [0, 1, 2, 3, 5, 17, 64, 256];

  it.each(sizes)("stay within float32's error of a float64 reference for all shapes of %i rows", (rows) => {
    expect(sizes.flatMap((inputs) => sizes.flatMap((outputs) => strayAt(rows, inputs, outputs)))).toEqual([]);
  });

  it("do so for any small shape, on vectors that are not aligned", () => {
    const size = fc.nat({ max: 40 });
    fc.assert(
      fc.property(size, size, size, fc.nat({ max: 3 }), (rows, inputs, outputs, skew) => {
        expect(strayAt(rows, inputs, outputs, skew)).toEqual([]);
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
      const input = drawn(0, rows * inputs, 0);
      const weights = drawn(1, inputs * outputs, 0);
      const bias = drawn(2, outputs, 0);
      const gradient = drawn(3, rows * outputs, 0);
      const guarded = (size: number, run: (vector: Float32Array) => void) => {
        const all = pool[4].subarray(0, size + 2).fill(7);
        run(all.subarray(1, size + 1));
        expect([all[0], all[size + 1]]).toEqual([7, 7]);
      };
      const bystander = pool[5];
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
    const x = pool[0].subarray(0, count);
    const [one, none] = [engine.allocate(1).fill(1), engine.allocate(1)];
    for (let i = 0; i < count; i++) x[i] = (i / count) * 12;
    x.set([1e-38, 3e-20, 1e10, Number.POSITIVE_INFINITY], 1);
    const h = pool[1].subarray(0, count);
    engine.denseForward(shape, x, one, none, h);
    const errors = Array.from(h, (value, i) => Math.abs(value - Math.tanh(x[i])));
    expect(Math.max(...errors)).toBeLessThan(4e-7);
    expect(Math.max(...h)).toBe(1);
    expect([h[0], h[3], h[4], h[count - 1]]).toEqual([0, 1, 1, 1]);
    expect(h[1] / 1e-38).toBeCloseTo(1, 6);
    expect(h[2] / 3e-20).toBeCloseTo(1, 6);
    const negative = pool[2].subarray(0, count);
    engine.denseForward(shape, x, one.fill(-1), none, negative);
    expect(Array.from(negative, (value) => Math.abs(value))).toEqual(Array.from(h));
  });
});
