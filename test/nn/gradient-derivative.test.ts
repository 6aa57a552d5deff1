import { describe, expect, it } from "vitest";
import type { Activation } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { GradientDerivative } from "../../src/nn/gradient-derivative.js";
import { initialise } from "../../src/nn/initialise.js";
import { heNormal } from "../../src/nn/initialisers.js";
import { Mlp } from "../../src/nn/mlp.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { forward, numericalGradient, relativeError } from "./reference.js";

const rows = 6;

function network(activation: Activation, hidden: readonly number[], outputs: number) {
  const engine = createWasmEngine();
  const stream = new RandomStream(5, "init");
  const spec = { inputs: 2, hidden, outputs, activation, slope: 0.2 };
  const mlp = new Mlp(engine, spec, rows);
  const [parameters, direction, gradients, product] = [0, 0, 0, 0].map(() => engine.allocate(mlp.size));
  const input = engine.allocate(2 * rows);
  initialise(mlp, parameters, stream, { hidden: heNormal, output: heNormal });
  for (let i = 0; i < mlp.size; i++) parameters[i] += 0.1 * stream.normal();
  stream.fillNormal(direction);
  stream.fillNormal(input);
  return { engine, spec, mlp, parameters, direction, gradients, product, input };
}

describe("the derivative of gradients along a direction", () => {
  it.each([
    ["leakyRelu", [8, 5, 7], 1],
    ["relu", [16, 9], 1],
    ["identity", [4], 1],
    ["leakyRelu", [], 1],
    ["leakyRelu", [8, 5], 3],
  ] as const)(
    "is that of Σ c f⁴/4 by the parameters, and at the input: %s %j, %d outputs",
    (activation, hidden, outputs) => {
      const { engine, spec, mlp, parameters, direction, gradients, product, input } = network(
        activation,
        hidden,
        outputs,
      );
      const weight = (i: number) => 0.5 + 0.1 * (i % 7);
      const values = mlp.forward(parameters, input, rows);
      const curvatures = values.map((value, i) => 3 * weight(i) * value * value);
      for (let i = 0; i < values.length; i++) mlp.outputGradient[i] = weight(i) * values[i] ** 3;
      mlp.backward(parameters, mlp.outputGradient, gradients);
      const derivative = new GradientDerivative(engine, mlp, spec, rows);
      derivative.along(parameters, input, mlp.outputGradient, curvatures, direction, product);

      // d/ds of L(w + s d) has the derivative of the gradient along d as its own gradient.
      const loss = (w: Float64Array, x: Float64Array) =>
        forward(spec, mlp.layout, w, x, rows).reduce((sum, value, i) => sum + (weight(i) * value ** 4) / 4, 0);
      const moved = (w: Float64Array, s: number) => w.map((value, i) => value + s * direction[i]);
      const h = 1e-4;
      const slope = (w: Float64Array, x: Float64Array) => (loss(moved(w, h), x) - loss(moved(w, -h), x)) / (2 * h);
      const [w, x] = [Float64Array.from(parameters), Float64Array.from(input)];
      const byParameters = numericalGradient((at) => slope(at, x), w, 1e-4);
      expect(relativeError(product, byParameters)).toBeLessThan(1e-3);
      expect(
        relativeError(
          derivative.atInput,
          numericalGradient((at) => slope(w, at), x, 1e-4),
        ),
      ).toBeLessThan(1e-3);
    },
  );

  it("refuses networks whose second derivative it would leave out", () => {
    const { engine, spec, mlp } = network("tanh", [4], 1);
    expect(() => new GradientDerivative(engine, mlp, spec, rows)).toThrow(/tanh is not piecewise linear/);
    const normalised = { ...spec, activation: "relu", normalization: "layer" } as const;
    expect(() => new GradientDerivative(engine, mlp, normalised, rows)).toThrow(/layer normalisation/);
    const squashed = { ...spec, activation: "relu", outputActivation: "tanh" } as const;
    expect(() => new GradientDerivative(engine, mlp, squashed, rows)).toThrow(/expected linear outputs, found tanh/);
  });
});
