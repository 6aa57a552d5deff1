import { describe, expect, it } from "vitest";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { initialise } from "../../src/nn/initialise.js";
import { glorotUniform, heNormal, type Initialiser, lecunNormal, orthogonal, zero } from "../../src/nn/initialisers.js";
import { createLayout } from "../../src/nn/layout.js";
import { Mlp } from "../../src/nn/mlp.js";
import { RandomStream } from "../../src/rng/random-stream.js";

function draw(initialiser: Initialiser, inputs: number, outputs: number, seed = 1): Float32Array {
  const weights = new Float32Array(inputs * outputs).fill(Number.NaN);
  initialiser(weights, inputs, outputs, new RandomStream(seed, "init"));
  return weights;
}

function moments(values: Float32Array): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

describe("the initialisers", () => {
  // Five standard errors of the mean and of the deviation of 50 000 draws.
  const tolerance = 5 / Math.sqrt(50_000);

  it.each([
    ["heNormal", heNormal, Math.sqrt(2 / 500)],
    ["lecunNormal", lecunNormal, Math.sqrt(1 / 500)],
    ["glorotUniform", glorotUniform, Math.sqrt(2 / 600)],
  ])("%s has mean 0 and its stated deviation", (_name, initialiser, expected) => {
    const { mean, deviation } = moments(draw(initialiser, 500, 100));
    expect(Math.abs(mean)).toBeLessThan(tolerance * expected);
    expect(Math.abs(deviation / expected - 1)).toBeLessThan(tolerance);
  });

  it("glorotUniform fills its interval and stays inside", () => {
    const bound = Math.sqrt(6 / 600);
    const largest = Math.max(...draw(glorotUniform, 500, 100).map(Math.abs));
    expect(largest).toBeLessThanOrEqual(Math.fround(bound));
    expect(largest).toBeGreaterThan(0.999 * bound);
  });

  it("zero is zero", () => {
    expect(draw(zero, 3, 2)).toEqual(new Float32Array(6));
  });

  it.each([
    [7, 7, 1],
    [64, 2, 0.01],
    [3, 20, Math.SQRT2],
    [1, 5, 1],
    [1, 1, 2],
  ])("orthogonal %i x %i with gain %f has orthogonal rows or columns, whichever are fewer", (inputs, outputs, gain) => {
    const weights = draw(orthogonal(gain), inputs, outputs);
    const short = Math.min(inputs, outputs);
    const tall = Math.max(inputs, outputs);
    const at = (i: number, j: number) => weights[inputs >= outputs ? i * outputs + j : j * outputs + i];
    for (let a = 0; a < short; a++) {
      for (let b = 0; b < short; b++) {
        let dot = 0;
        for (let i = 0; i < tall; i++) dot += at(i, a) * at(i, b);
        expect(Math.abs(dot / (gain * gain) - (a === b ? 1 : 0))).toBeLessThan(1e-6);
      }
    }
  });

  it("orthogonal is uniform: its entries have mean 0, its traces no preferred sign", () => {
    const traces = Float32Array.from({ length: 2000 }, (_, seed) => {
      const weights = draw(orthogonal(), 3, 3, seed);
      return weights[0] + weights[4] + weights[8];
    });
    // The trace of a uniform orthogonal matrix has mean 0 and variance 1 (Diaconis and Shahshahani, 1994).
    const { mean, deviation } = moments(traces);
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(2000));
    expect(Math.abs(deviation - 1)).toBeLessThan(0.1);
  });
});

describe("initialise", () => {
  const engine = createWasmEngine();

  it("uses one initialiser for hidden layers and one for the output, and zeroes biases", () => {
    const mlp = new Mlp(engine, { inputs: 2, hidden: [8, 4], outputs: 3, activation: "relu" }, 1);
    const parameters = engine.allocate(mlp.size).fill(Number.NaN);
    const calls: string[] = [];
    const fillWith =
      (value: number): Initialiser =>
      (weights, inputs, outputs) => {
        calls.push(`${value}: ${inputs}x${outputs}`);
        weights.fill(value);
      };
    initialise(mlp, parameters, new RandomStream(1, "init"), { hidden: fillWith(1), output: fillWith(2) });
    expect(calls).toEqual(["1: 2x8", "1: 8x4", "2: 4x3"]);
    const expected = [1, 0, 1, 0, 2, 0];
    mlp.layout.tensors.forEach(({ offset, size }, i) => {
      expect(Array.from(parameters.subarray(offset, offset + size))).toEqual(Array(size).fill(expected[i]));
    });
    expect(mlp.layout).toEqual(
      createLayout([
        { name: "layer0.weights", shape: [2, 8] },
        { name: "layer0.bias", shape: [8] },
        { name: "layer1.weights", shape: [8, 4] },
        { name: "layer1.bias", shape: [4] },
        { name: "layer2.weights", shape: [4, 3] },
        { name: "layer2.bias", shape: [3] },
      ]),
    );
  });
});
