import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { activations } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { initialise } from "../../src/nn/initialise.js";
import { glorotUniform, heNormal, lecunNormal, orthogonal } from "../../src/nn/initialisers.js";
import { viewOf } from "../../src/nn/layout.js";
import { Mlp, type MlpSpec } from "../../src/nn/mlp.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { forward, numericalGradient, relativeError } from "./reference.js";

const engine = createWasmEngine();

function normals(stream: RandomStream, size: number): Float32Array {
  const vector = engine.allocate(size);
  stream.fillNormal(vector);
  return vector;
}

/** A network with random parameters, biases included, and a batch for it. */
function setUp(spec: MlpSpec, rows: number, maxRows = rows) {
  const stream = new RandomStream(1, "init");
  const mlp = new Mlp(engine, spec, maxRows);
  const parameters = engine.allocate(mlp.size);
  initialise(mlp, parameters, stream, { hidden: heNormal, output: lecunNormal });
  for (const tensor of mlp.layout.tensors.filter(({ shape }) => shape.length === 1))
    stream.fillNormal(viewOf(tensor, parameters), 0, 0.3);
  const input = normals(stream, rows * spec.inputs);
  const outputGradient = normals(stream, rows * spec.outputs);
  return { mlp, parameters, input, outputGradient, gradients: engine.allocate(mlp.size) };
}

describe("an MLP", () => {
  const specs: MlpSpec[] = activations.flatMap((activation) => [
    { inputs: 3, hidden: [7, 6], outputs: 2, activation },
    { inputs: 2, hidden: [9], outputs: 5, activation, slope: 0.1, outputActivation: "tanh" as const },
    { inputs: 4, hidden: [], outputs: 1, activation, outputActivation: activation },
  ]);

  it.each(specs)(
    "has the gradients of central differences in float64: $inputs-$hidden-$outputs $activation",
    (spec) => {
      const rows = 6;
      const { mlp, parameters, input, outputGradient, gradients } = setUp(spec, rows);
      const [exactParameters, exactInput] = [Float64Array.from(parameters), Float64Array.from(input)];
      const weightsOfLoss = Float64Array.from(outputGradient);
      const loss = (p: Float64Array, x: Float64Array) =>
        forward(spec, mlp.layout, p, x, rows).reduce((sum, value, i) => sum + value * weightsOfLoss[i], 0);

      const output = mlp.forward(parameters, input, rows);
      expect(relativeError(output, forward(spec, mlp.layout, exactParameters, exactInput, rows))).toBeLessThan(2e-6);
      const toInput = mlp.backward(parameters, outputGradient, gradients, true);
      const exactGradients = numericalGradient((p) => loss(p, exactInput), exactParameters);
      const exactToInput = numericalGradient((x) => loss(exactParameters, x), exactInput);
      expect(relativeError(gradients, exactGradients)).toBeLessThan(1e-5);
      expect(relativeError(toInput!, exactToInput)).toBeLessThan(1e-5);
    },
  );

  const spec: MlpSpec = { inputs: 2, hidden: [16, 16], outputs: 3, activation: "tanh" };

  it("gives fewer rows than it has room for the bits that a network of just that size gives", () => {
    const exact = setUp(spec, 5);
    const roomy = setUp(spec, 5, 64);
    const output = exact.mlp.forward(exact.parameters, exact.input, 5);
    expect(roomy.mlp.forward(roomy.parameters, roomy.input, 5)).toEqual(output);
    expect(output).toHaveLength(15);
    roomy.mlp.outputGradient.set(roomy.outputGradient);
    const back = roomy.mlp.backward(roomy.parameters, roomy.mlp.outputGradient, roomy.gradients, true);
    expect(back).toEqual(exact.mlp.backward(exact.parameters, exact.outputGradient, exact.gradients, true));
    expect(back).toHaveLength(10);
    expect(roomy.gradients).toEqual(exact.gradients);
  });

  it("goes back through the last forward, whatever the rows of those before it", () => {
    const { mlp, parameters, input, outputGradient, gradients } = setUp(spec, 8, 16);
    mlp.forward(parameters, input, 8);
    mlp.backward(parameters, outputGradient, gradients);
    const [once, again] = [gradients.slice(), engine.allocate(mlp.size)];
    mlp.forward(parameters, input, 3);
    mlp.backward(parameters, outputGradient, again);
    expect(again).not.toEqual(once);
    mlp.forward(parameters, input, 8);
    mlp.backward(parameters, outputGradient, again);
    expect(again).toEqual(once);
  });

  it("computes only the gradients that are asked for", () => {
    const { mlp, parameters, input, outputGradient, gradients } = setUp(spec, 4);
    mlp.forward(parameters, input, 4);
    const both = mlp.backward(parameters, outputGradient, gradients, true)?.slice();
    const full = gradients.slice();
    gradients.fill(7);
    expect(mlp.backward(parameters, outputGradient, null, true)).toEqual(both);
    expect(gradients.every((value) => value === 7)).toBe(true);
    expect(mlp.backward(parameters, outputGradient, gradients)).toBeNull();
    for (const tensor of mlp.layout.tensors) expect(viewOf(tensor, gradients)).toEqual(viewOf(tensor, full));
  });

  it("takes parameters from a window of a larger vector, and sees them change in place", () => {
    const { mlp, parameters, input } = setUp(spec, 4);
    const both = engine.allocate(2 * mlp.size);
    both.set(parameters, mlp.size);
    const output = mlp.forward(parameters, input, 4).slice();
    const second = both.subarray(mlp.size);
    expect(mlp.forward(second, input, 4)).toEqual(output);
    second.fill(0);
    expect(mlp.forward(second, input, 4).every((value) => value === 0)).toBe(true);
  });

  it("says what is wrong with its spec, its rows or its vectors", () => {
    const { mlp, parameters, input } = setUp(spec, 4);
    expect(() => new Mlp(engine, { ...spec, hidden: [16, 0] }, 4)).toThrow(
      "hidden.1: expected a positive integer, found 0",
    );
    expect(() => new Mlp(engine, spec, 0.5)).toThrow("maxRows: expected a positive integer, found 0.5");
    expect(() => new Mlp(engine, { ...spec, slope: -1 }, 4)).toThrow("slope: expected at least 0, found -1");
    expect(() => mlp.forward(parameters, input, 5)).toThrow("rows: expected an integer from 0 to 4, found 5");
    expect(() => mlp.forward(parameters.subarray(2), input, 4)).toThrow("layer2.bias: expected a vector of at least");
    expect(() => mlp.forward(parameters, new Float32Array(8), 4)).toThrow("input: expected a vector of this engine");
    expect(() => new Mlp(engine, spec, 4).backward(parameters, input, null)).toThrow("there was no forward");
  });
});

describe("the bits of a run", () => {
  function sha256OfTraining(): string {
    const own = createWasmEngine();
    const stream = new RandomStream(7, "init");
    const hash = createHash("sha256");
    const rows = 37;
    for (const activation of activations) {
      const mlp = new Mlp(own, { inputs: 3, hidden: [64, 17], outputs: 2, activation }, rows);
      const [parameters, gradients, input] = [mlp.size, mlp.size, 3 * rows].map((size) => own.allocate(size));
      initialise(mlp, parameters, stream, { hidden: orthogonal(Math.SQRT2), output: glorotUniform });
      for (let step = 0; step < 20; step++) {
        stream.fillNormal(input);
        const output = mlp.forward(parameters, input, rows);
        for (let i = 0; i < output.length; i++) mlp.outputGradient[i] = output[i] - input[i];
        const toInput = mlp.backward(parameters, mlp.outputGradient, gradients, true);
        for (let i = 0; i < parameters.length; i++) parameters[i] -= 0.01 * gradients[i];
        hash.update(output).update(toInput!);
      }
      hash.update(parameters);
    }
    return hash.digest("hex");
  }

  it("are equal for two engines, and the recorded ones", () => {
    const sha256 = sha256OfTraining();
    expect(sha256OfTraining()).toBe(sha256);
    expect(sha256).toBe("205ee82b1cced2c384495f47def97fd8dd55b6ab512d7c3b92db02877f0262b1");
  });
});
