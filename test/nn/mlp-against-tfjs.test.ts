import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { type Activation, activations } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { heNormal } from "../../src/nn/initialisers.js";
import { viewOf } from "../../src/nn/layout.js";
import { initialise, Mlp } from "../../src/nn/mlp.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { relativeError } from "./reference.js";

const slope = 0.2;

function activate(activation: Activation, x: tf.Tensor2D): tf.Tensor2D {
  if (activation === "tanh") return tf.tanh(x);
  if (activation === "relu") return tf.relu(x);
  if (activation === "leakyRelu") return tf.leakyRelu(x, slope);
  return x;
}

describe("an MLP beside TensorFlow.js", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each(activations)("has the same outputs and gradients: %s, 2-64-64-1, 100 rows", (activation) => {
    const rows = 100;
    const engine = createWasmEngine();
    const stream = new RandomStream(3, "init");
    const mlp = new Mlp(engine, { inputs: 2, hidden: [64, 64], outputs: 1, activation, slope }, rows);
    const [parameters, gradients, input] = [mlp.size, mlp.size, 2 * rows].map((size) => engine.allocate(size));
    initialise(mlp, parameters, stream, { hidden: heNormal, output: heNormal });
    stream.fillNormal(input);

    // The loss is the mean square of the outputs.
    const output = mlp.forward(parameters, input, rows);
    for (let i = 0; i < rows; i++) mlp.outputGradient[i] = (2 / rows) * output[i];
    const toInput = mlp.backward(parameters, mlp.outputGradient, gradients, true);

    const { tensors } = mlp.layout;
    const variables = tensors.map((tensor) => tf.tensor(viewOf(tensor, parameters).slice(), [...tensor.shape]));
    const x = tf.tensor2d(input.slice(), [rows, 2]);
    const network = (from: tf.Tensor2D, ...all: tf.Tensor[]) => {
      let h = from;
      for (let layer = 0; layer < tensors.length / 2; layer++) {
        const before = tf.add(tf.matMul(h, all[2 * layer] as tf.Tensor2D), all[2 * layer + 1]) as tf.Tensor2D;
        h = 2 * layer + 2 < tensors.length ? activate(activation, before) : before;
      }
      return h;
    };
    const loss = (from: tf.Tensor, ...all: tf.Tensor[]) =>
      tf.mean(tf.square(network(from as tf.Tensor2D, ...all))) as tf.Scalar;
    const [inputGradient, ...theirs] = tf.grads(loss)([x, ...variables]);

    expect(relativeError(output, network(x, ...variables).dataSync())).toBeLessThan(1e-5);
    expect(relativeError(toInput!, inputGradient.dataSync())).toBeLessThan(1e-5);
    tensors.forEach((tensor, i) => {
      expect(relativeError(viewOf(tensor, gradients), theirs[i].dataSync()), tensor.name).toBeLessThan(1e-5);
    });
  });
});
