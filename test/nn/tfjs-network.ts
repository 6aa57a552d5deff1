import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import * as tf from "@tensorflow/tfjs-core";
import type { Activation } from "../../src/kernels/engine.js";
import { type Layout, viewOf } from "../../src/nn/layout.js";
import type { MlpSpec } from "../../src/nn/mlp.js";

/** What every comparison with TensorFlow.js is held to, in float32, by `relativeError`: relative to the largest entry. */
export const tolerance = 1e-5;

function activate(activation: Activation, slope: number, x: tf.Tensor2D): tf.Tensor2D {
  if (activation === "tanh") return tf.tanh(x);
  if (activation === "relu") return tf.relu(x);
  // tf.leakyRelu cannot be differentiated twice.
  if (activation === "leakyRelu") return tf.add(tf.mul(x, slope), tf.mul(tf.relu(x), 1 - slope));
  return x;
}

/** The network of a spec in TensorFlow.js' operations; `variables` are weights and bias of each layer, first to last. */
export function tfNetwork(spec: MlpSpec, x: tf.Tensor, variables: readonly tf.Tensor[]): tf.Tensor2D {
  const { activation, slope = 0.2, outputActivation = "identity" } = spec;
  let h = x as tf.Tensor2D;
  for (let k = 0; k < variables.length; k += 2) {
    const before = tf.add(tf.matMul(h, variables[k] as tf.Tensor2D), variables[k + 1]) as tf.Tensor2D;
    h = activate(k + 2 < variables.length ? activation : outputActivation, slope, before);
  }
  return h;
}

/** A flat vector's tensors, as TensorFlow.js' own copies. */
export function tfVariables({ tensors }: Layout, vector: Float32Array): tf.Tensor[] {
  return tensors.map((tensor) => tf.tensor(viewOf(tensor, vector).slice(), [...tensor.shape]));
}

/** TensorFlow.js on its CPU backend, without the recommendation of another one. */
export { tf };

tf.env().set("PROD", true);
