import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import type { Activation } from "../../src/kernels/engine.js";
import { type Layout, viewOf } from "../../src/nn/layout.js";
import type { MlpSpec } from "../../src/nn/mlp.js";
import { relativeError } from "./reference.js";

/** What every comparison with TensorFlow.js is held to, in float32, by `relativeError`: relative to the largest entry. */
export const tolerance = 1e-5;

function activate(activation: Activation, slope: number, x: tf.Tensor2D): tf.Tensor2D {
  if (activation === "tanh") return tf.tanh(x);
  if (activation === "relu") return tf.relu(x);
  // tf.leakyRelu cannot be differentiated twice.
  if (activation === "leakyRelu") return tf.add(tf.mul(x, slope), tf.mul(tf.relu(x), 1 - slope));
  return x;
}

/** (z − μ)/√(σ² + ε) along one axis. */
function normalised(z: tf.Tensor2D, axis: 0 | 1): tf.Tensor2D {
  const { mean, variance } = tf.moments(z, axis, true);
  return tf.div(tf.sub(z, mean), tf.sqrt(tf.add(variance, 1e-5)));
}

/**
 * The network of a spec in TensorFlow.js' operations.
 *
 * @param variables weights and bias of each layer, first to last; then scale and shift of each normalised one
 * @param batches of how many batches the rows of x consist
 */
export function tfNetwork(spec: MlpSpec, x: tf.Tensor, variables: readonly tf.Tensor[], batches = 1): tf.Tensor2D {
  const { activation, slope = 0.2, outputActivation = "identity", normalization = "none" } = spec;
  const layers = spec.hidden.length + 1;
  let h = x as tf.Tensor2D;
  for (let layer = 0; layer < layers; layer++) {
    const [weights, bias] = variables.slice(2 * layer);
    h = tf.add(tf.matMul(h, weights as tf.Tensor2D), bias);
    if (layer === layers - 1) return activate(outputActivation, slope, h);
    if (normalization === "layer") h = normalised(h, 1);
    if (normalization === "batch")
      h = tf.concat(tf.split(h, batches).map((part) => normalised(part as tf.Tensor2D, 0)));
    const [scale, shift] = variables.slice(2 * (layers + layer));
    if (normalization !== "none") h = tf.add(tf.mul(h, scale), shift);
    h = activate(activation, slope, h);
  }
  return h;
}

/** A flat vector's tensors, as TensorFlow.js' own copies. */
export function tfVariables({ tensors }: Layout, vector: Float32Array): tf.Tensor[] {
  return tensors.map((tensor) => tf.tensor(viewOf(tensor, vector).slice(), [...tensor.shape]));
}

/** Holds the gradient of each parameter against TensorFlow.js'; where that is none but for rounding, ours must be too. */
export function expectSameGradients({ tensors }: Layout, gradients: Float32Array, theirs: readonly tf.Tensor[]): void {
  const values = theirs.map((gradient) => gradient.dataSync());
  const none = tolerance * Math.max(...values.map(largest));
  tensors.forEach((tensor, i) => {
    const ours = viewOf(tensor, gradients);
    if (largest(values[i]) < none) expect(largest(ours), tensor.name).toBeLessThan(none);
    else expect(relativeError(ours, values[i]), tensor.name).toBeLessThan(tolerance);
  });
}

const largest = (values: ArrayLike<number>) => Math.max(...Array.from(values, Math.abs));

/** TensorFlow.js on its CPU backend, without the recommendation of another one. */
export { tf };

tf.env().set("PROD", true);
