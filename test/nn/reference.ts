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
  batches = 1,
): Float64Array {
  const layers = spec.hidden.length + 1;
  let below = input;
  for (let layer = 0; layer < layers; layer++) {
    const [weights, bias] = layout.tensors.slice(2 * layer);
    const [inputs, outputs] = weights.shape;
    const activation = layer < layers - 1 ? spec.activation : (spec.outputActivation ?? "identity");
    const [scale, shift] = layout.tensors.slice(2 * (layers + layer));
    const above = new Float64Array(rows * outputs);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < outputs; j++) {
        let sum = parameters[bias.offset + j];
        for (let k = 0; k < inputs; k++) sum += below[i * inputs + k] * parameters[weights.offset + k * outputs + j];
        above[i * outputs + j] = sum;
      }
    }
    if (scale !== undefined) {
      const affine = (value: number, j: number) => parameters[scale.offset + j] * value + parameters[shift.offset + j];
      standardise(spec.normalization === "layer" ? rows : batches, above, outputs, spec.normalization === "layer");
      above.forEach((value, i) => {
        above[i] = affine(value, i % outputs);
      });
    }
    above.forEach((value, i) => {
      above[i] = activate(activation, spec.slope ?? 0.2, value);
    });
    below = above;
  }
  return below;
}

/** Mean 0 and variance 1 (but for 1e-5) of every row, or of every column of each of the parts. */
function standardise(parts: number, values: Float64Array, columns: number, byRow: boolean): void {
  const size = values.length / parts;
  for (let part = 0; part < parts; part++) {
    for (let column = 0; column < (byRow ? 1 : columns); column++) {
      const indices = [...Array(size).keys()]
        .filter((k) => byRow || k % columns === column)
        .map((k) => part * size + k);
      const mean = indices.reduce((sum, i) => sum + values[i], 0) / indices.length;
      const variance = indices.reduce((sum, i) => sum + (values[i] - mean) ** 2, 0) / indices.length;
      for (const i of indices) values[i] = (values[i] - mean) / Math.sqrt(variance + 1e-5);
    }
  }
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
