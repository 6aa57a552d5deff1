import { beforeAll, describe, expect, it } from "vitest";
import { activations } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { GradientPenalty } from "../../src/nn/gradient-penalty.js";
import { initialise } from "../../src/nn/initialise.js";
import { heNormal } from "../../src/nn/initialisers.js";
import { viewOf } from "../../src/nn/layout.js";
import { Mlp, type MlpSpec } from "../../src/nn/mlp.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { relativeError } from "./reference.js";
import { expectSameGradients, tf, tfNetwork, tfVariables, tolerance } from "./tfjs-network.js";

const rows = 100;
/** Of which batch normalisation takes each by itself. */
const batches = 2;

/** A network with random weights and biases, and a batch for it. */
function setUp(spec: MlpSpec) {
  const engine = createWasmEngine();
  const stream = new RandomStream(3, "init");
  const mlp = new Mlp(engine, spec, rows);
  const [parameters, gradients, input] = [mlp.size, mlp.size, rows * spec.inputs].map((size) => engine.allocate(size));
  initialise(mlp, parameters, stream, { hidden: heNormal, output: heNormal });
  for (const tensor of mlp.layout.tensors.filter(({ shape }) => shape.length === 1))
    stream.fillNormal(viewOf(tensor, parameters), 0, 0.3);
  stream.fillNormal(input);
  const x = tf.tensor2d(input.slice(), [rows, spec.inputs]);
  return { engine, mlp, parameters, gradients, input, x, variables: tfVariables(mlp.layout, parameters) };
}

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("an MLP beside TensorFlow.js", () => {
  const specs: MlpSpec[] = activations.flatMap((activation) => [
    { inputs: 2, hidden: [64, 64], outputs: 1, activation },
    { inputs: 5, hidden: [17], outputs: 3, activation, slope: 0.01, outputActivation: activation },
    { inputs: 3, hidden: [], outputs: 4, activation: "identity", outputActivation: activation },
    { inputs: 2, hidden: [32, 16], outputs: 2, activation, normalization: "layer" as const },
    { inputs: 2, hidden: [32, 16], outputs: 2, activation, normalization: "batch" as const },
  ]);

  it.each(specs)(
    "has the same outputs and gradients: $inputs-$hidden-$outputs, $activation, $outputActivation, $normalization",
    (spec) => {
      const { mlp, parameters, gradients, input, x, variables } = setUp(spec);

      // The loss is the mean square of the outputs.
      const output = mlp.forward(parameters, input, rows, batches);
      output.forEach((value, i) => {
        mlp.outputGradient[i] = (2 / output.length) * value;
      });
      const toInput = mlp.backward(parameters, mlp.outputGradient, gradients, true);

      const loss = (from: tf.Tensor, ...all: tf.Tensor[]) => tf.mean(tf.square(tfNetwork(spec, from, all, batches)));
      const [inputGradient, ...theirs] = tf.grads(loss)([x, ...variables]);
      expect(relativeError(output, tfNetwork(spec, x, variables, batches).dataSync())).toBeLessThan(tolerance);
      expect(relativeError(toInput!, inputGradient.dataSync())).toBeLessThan(tolerance);
      expectSameGradients(mlp.layout, gradients, theirs);
    },
  );
});

describe("the gradient penalty beside TensorFlow.js", () => {
  it.each([
    ["relu", 0],
    ["leakyRelu", 0],
    ["leakyRelu", 1],
    ["identity", 0.5],
  ] as const)("has the gradient that differentiating twice has: %s, target %d", (activation, target) => {
    const spec: MlpSpec = { inputs: 2, hidden: [64, 64], outputs: 1, activation };
    const { engine, mlp, parameters, gradients, input, x, variables } = setUp(spec);
    const coefficients = Array.from({ length: rows }, (_, row) => 0.5 + row / rows);
    const penalty = new GradientPenalty(engine, mlp, spec, rows);
    mlp.forward(parameters, input, rows);
    const value = penalty.add(parameters, coefficients, gradients, target);

    const weights = variables.filter((_, k) => k % 2 === 0);
    // The slope at the input does not know the biases but through the activations' kinks.
    const theirs = (...all: tf.Tensor[]) => {
      const layers = all.flatMap((w, layer) => [w, variables[2 * layer + 1]]);
      const slopes = tf.grad((from) => tf.sum(tfNetwork(spec, from, layers)))(x);
      const excess = tf.sub(tf.sqrt(tf.sum(tf.square(slopes), 1)), target);
      return tf.mul(tf.sum(tf.mul(tf.square(excess), tf.tensor1d(coefficients))), 0.5);
    };
    expect(relativeError([value], theirs(...weights).dataSync())).toBeLessThan(tolerance);
    const gradient = tf
      .grads(theirs)(weights)
      .flatMap((ofWeights, k) => [ofWeights, tf.zerosLike(variables[2 * k + 1])]);
    expectSameGradients(mlp.layout, gradients, gradient);
  });
});
