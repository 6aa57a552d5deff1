import { beforeAll, describe, expect, it } from "vitest";
import { activations } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { GradientPenalty } from "../../src/nn/gradient-penalty.js";
import { heNormal } from "../../src/nn/initialisers.js";
import { viewOf } from "../../src/nn/layout.js";
import { initialise, Mlp, type MlpSpec } from "../../src/nn/mlp.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { relativeError } from "./reference.js";
import { tf, tfNetwork, tfVariables, tolerance } from "./tfjs-network.js";

const rows = 100;

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
  ]);

  it.each(specs)(
    "has the same outputs and gradients: $inputs-$hidden-$outputs, $activation, $outputActivation",
    (spec) => {
      const { mlp, parameters, gradients, input, x, variables } = setUp(spec);

      // The loss is the mean square of the outputs.
      const output = mlp.forward(parameters, input, rows);
      output.forEach((value, i) => {
        mlp.outputGradient[i] = (2 / output.length) * value;
      });
      const toInput = mlp.backward(parameters, mlp.outputGradient, gradients, true);

      const loss = (from: tf.Tensor, ...all: tf.Tensor[]) => tf.mean(tf.square(tfNetwork(spec, from, all)));
      const [inputGradient, ...theirs] = tf.grads(loss)([x, ...variables]);
      expect(relativeError(output, tfNetwork(spec, x, variables).dataSync())).toBeLessThan(tolerance);
      expect(relativeError(toInput!, inputGradient.dataSync())).toBeLessThan(tolerance);
      mlp.layout.tensors.forEach((tensor, i) => {
        expect(relativeError(viewOf(tensor, gradients), theirs[i].dataSync()), tensor.name).toBeLessThan(tolerance);
      });
    },
  );
});

describe("the gradient penalty beside TensorFlow.js", () => {
  it.each(["relu", "leakyRelu", "identity"] as const)(
    "has the gradient that differentiating twice has: %s",
    (activation) => {
      const spec: MlpSpec = { inputs: 2, hidden: [64, 64], outputs: 1, activation };
      const { engine, mlp, parameters, gradients, input, x, variables } = setUp(spec);
      const penalty = new GradientPenalty(engine, mlp, spec, rows);
      mlp.forward(parameters, input, rows);
      const value = penalty.add(parameters, new Float64Array(rows).fill(0.7), gradients);

      const weights = variables.filter((_, k) => k % 2 === 0);
      // The slope at the input does not know the biases but through the activations' kinks.
      const square = (...all: tf.Tensor[]) => {
        const layers = all.flatMap((w, layer) => [w, variables[2 * layer + 1]]);
        const slope = tf.grad((from) => tf.sum(tfNetwork(spec, from, layers)))(x);
        return tf.mul(tf.sum(tf.square(slope)), 0.7 / 2);
      };
      expect(relativeError([value], square(...weights).dataSync())).toBeLessThan(tolerance);
      tf.grads(square)(weights).forEach((theirs, layer) => {
        const { [2 * layer]: tensor, [2 * layer + 1]: bias } = mlp.layout.tensors;
        expect(relativeError(viewOf(tensor, gradients), theirs.dataSync()), tensor.name).toBeLessThan(tolerance);
        expect(viewOf(bias, gradients).every((entry) => entry === 0)).toBe(true);
      });
    },
  );
});
