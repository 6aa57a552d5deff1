import type { Layout } from "../../src/nn/layout.js";
import type { MlpSpec } from "../../src/nn/mlp.js";
import { activate } from "../kernels/reference.js";

/** The outputs of the network in float64, for parameters laid out flat. */
export function forward(
  spec: MlpSpec,
  layout: Layout,
  parameters: Float64Array,
  input: Float64Array,
  rows: number,
): Float64Array {
  const layers = layout.tensors.length / 2;
  let below = input;
  for (let layer = 0; layer < layers; layer++) {
    const [weights, bias] = layout.tensors.slice(2 * layer);
    const [inputs, outputs] = weights.shape;
    const activation = layer < layers - 1 ? spec.activation : (spec.outputActivation ?? "identity");
    const above = new Float64Array(rows * outputs);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < outputs; j++) {
        let sum = parameters[bias.offset + j];
        for (let k = 0; k < inputs; k++) sum += below[i * inputs + k] * parameters[weights.offset + k * outputs + j];
        above[i * outputs + j] = activate(activation, spec.slope ?? 0.2, sum);
      }
    }
    below = above;
  }
  return below;
}

/** Central differences of a function of one vector. */
export function numericalGradient(f: (x: Float64Array) => number, x: Float64Array, step = 1e-6): Float64Array {
  const at = x.slice();
  return x.map((value, i) => {
    at[i] = value + step;
    const above = f(at);
    at[i] = value - step;
    const below = f(at);
    at[i] = value;
    return (above - below) / (2 * step);
  });
}

/** The largest difference relative to the largest exact value. */
export function relativeError(actual: ArrayLike<number>, exact: ArrayLike<number>): number {
  let difference = 0;
  let scale = 0;
  for (let i = 0; i < exact.length; i++) {
    difference = Math.max(difference, Math.abs(actual[i] - exact[i]));
    scale = Math.max(scale, Math.abs(exact[i]));
    if (Number.isNaN(actual[i])) return Number.NaN;
  }
  return difference / scale;
}
