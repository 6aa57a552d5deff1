import { describe, expect, it } from "vitest";
import type { Activation } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { GradientPenalty } from "../../src/nn/gradient-penalty.js";
import { initialise } from "../../src/nn/initialise.js";
import { heNormal } from "../../src/nn/initialisers.js";
import { Mlp } from "../../src/nn/mlp.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { forward, numericalGradient, relativeError } from "./reference.js";

const rows = 6;

function network(activation: Activation, hidden: readonly number[]) {
  const engine = createWasmEngine();
  const stream = new RandomStream(5, "init");
  const spec = { inputs: 2, hidden, outputs: 1, activation, slope: 0.2 };
  const mlp = new Mlp(engine, spec, 2 * rows);
  const [parameters, gradients] = [engine.allocate(mlp.size), engine.allocate(mlp.size)];
  const input = engine.allocate(2 * 2 * rows);
  initialise(mlp, parameters, stream, { hidden: heNormal, output: heNormal });
  for (let i = 0; i < mlp.size; i++) parameters[i] += 0.1 * stream.normal();
  stream.fillNormal(input);
  return { engine, spec, mlp, parameters, gradients, input };
}

describe("the gradient penalty", () => {
  it.each([
    ["leakyRelu", [8, 5, 7], 0],
    ["relu", [16, 9], 0],
    ["identity", [4], 0],
    ["leakyRelu", [], 0],
    ["leakyRelu", [8, 5], 1],
    ["relu", [16], 0.5],
  ] as const)(
    "has the gradient of ½ Σ c (|∇f| − g₀)² that central differences have: %s %j, g₀ = %d",
    (activation, hidden, target) => {
      const { engine, spec, mlp, parameters, gradients, input } = network(activation, hidden);
      const penalty = new GradientPenalty(engine, mlp, spec, rows);
      const coefficients = Array.from({ length: rows }, (_, row) => 0.7 + 0.1 * row);
      // Twice the rows go forward; only the first ones are penalised.
      mlp.forward(parameters, input, 2 * rows);
      const value = penalty.add(parameters, coefficients, gradients, target);

      const points = Float64Array.from(input.subarray(0, 2 * rows));
      const exact = (weights: Float64Array) => {
        const slopes = numericalGradient(
          (x) => forward(spec, mlp.layout, weights, x, rows).reduce((sum, y) => sum + y, 0),
          points,
          1e-5,
        );
        return coefficients.reduce((sum, coefficient, row) => {
          const excess = Math.hypot(slopes[2 * row], slopes[2 * row + 1]) - target;
          return sum + (coefficient / 2) * excess * excess;
        }, 0);
      };
      const weights = Float64Array.from(parameters);
      expect(Math.abs(value / exact(weights) - 1)).toBeLessThan(1e-4);
      expect(relativeError(gradients, numericalGradient(exact, weights, 1e-4))).toBeLessThan(1e-3);
    },
  );

  it("is added to what is there, and leaves biases alone", () => {
    const { engine, spec, mlp, parameters, gradients, input } = network("relu", [8, 8]);
    const penalty = new GradientPenalty(engine, mlp, spec, rows);
    mlp.forward(parameters, input, rows);
    const ones = new Float64Array(rows).fill(1);
    penalty.add(parameters, ones, gradients);
    const once = gradients.slice();
    penalty.add(parameters, ones, gradients);
    once.forEach((value, i) => {
      expect(gradients[i]).toBeCloseTo(2 * value, 5);
    });
    const { tensors } = mlp.layout;
    for (const { offset, shape } of tensors.filter(({ name }) => name.endsWith("bias"))) {
      expect(once.subarray(offset, offset + shape[0]).every((value) => value === 0)).toBe(true);
    }
  });

  it("takes a constant network's slope for a target that is missed, without a direction to go", () => {
    const { engine, spec, mlp, parameters, gradients, input } = network("relu", [8]);
    const penalty = new GradientPenalty(engine, mlp, spec, rows);
    parameters.fill(0);
    mlp.forward(parameters, input, rows);
    expect(penalty.add(parameters, new Float64Array(rows).fill(1), gradients, 1)).toBe(rows / 2);
    expect(gradients.every((value) => value === 0)).toBe(true);
  });

  it("refuses networks whose second derivative it would leave out", () => {
    const { engine, spec, mlp } = network("tanh", [4]);
    expect(() => new GradientPenalty(engine, mlp, spec, rows)).toThrow(/tanh is not piecewise linear/);
    const normalised = { ...spec, activation: "relu", normalization: "layer" } as const;
    expect(() => new GradientPenalty(engine, mlp, normalised, rows)).toThrow(
      /layer normalisation is not piecewise linear/,
    );
  });
});
