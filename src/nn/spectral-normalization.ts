import type { Engine } from "../kernels/engine.js";
import type { RandomStream } from "../rng/random-stream.js";
import { type Layout, type Tensor, viewOf } from "./layout.js";

/** One weight matrix with the estimate of its leading singular vectors. */
interface Matrix {
  readonly tensor: Tensor;
  /** Left and right singular vector, of unit length. */
  readonly u: Float64Array;
  readonly v: Float64Array;
  /** Of the last {@link SpectralNormalization.apply}. */
  sigma: number;
}

/**
 * Spectral normalisation: a network runs on weights divided by their largest singular value,
 *
 *     W̄ = W/σ,   σ = uᵀ W v;   power iteration: v ← Wᵀu/|Wᵀu|,   u ← W v/|W v|
 *
 * so that every layer stretches by at most 1, and, with activations that do not stretch, the network as a whole. Biases
 * stay as they are. The gradient at W goes through σ too, u and v held:
 *
 *     ∂L/∂W = (G − (Σ G ⊙ W̄) u vᵀ)/σ,   G = ∂L/∂W̄
 *
 * Norms and σ are float64, W̄ is float32. A matrix of zeros has no W̄: it becomes NaN.
 *
 * Source: Miyato et al. (2018), algorithm 1 and equation 12; the vectors start random and see 15 iterations before the
 * first step, as in `torch.nn.utils.parametrizations.spectral_norm`.
 */
export class SpectralNormalization {
  /** The vector that the network runs on, as {@link apply} leaves it. */
  readonly normalized: Float32Array;
  readonly #matrices: readonly Matrix[];

  /** @param stream for the first singular vectors */
  constructor(engine: Engine, layout: Layout, parameters: Float32Array, stream: RandomStream) {
    this.normalized = engine.allocate(layout.size);
    this.#matrices = layout.tensors
      .filter(({ name }) => name.endsWith(".weights"))
      .map((tensor) => {
        const [u, v] = tensor.shape.map((length) => new Float64Array(length));
        stream.fillNormal(u);
        return { tensor, u, v, sigma: Number.NaN };
      });
    for (let iteration = 0; iteration < firstIterations; iteration++) this.iterate(parameters);
  }

  /** One step of the power iteration on every matrix. */
  iterate(parameters: Float32Array): void {
    for (const { tensor, u, v } of this.#matrices) {
      const weights = viewOf(tensor, parameters);
      v.fill(0);
      for (let i = 0; i < u.length; i++) for (let j = 0; j < v.length; j++) v[j] += u[i] * weights[i * v.length + j];
      toUnit(v);
      for (let i = 0; i < u.length; i++) u[i] = timesRow(weights, i, v);
      toUnit(u);
    }
  }

  /** Writes the normalised parameters, with the singular vectors as they are, and returns them. */
  apply(parameters: Float32Array): Float32Array {
    this.normalized.set(parameters);
    for (const matrix of this.#matrices) {
      const { tensor, u, v } = matrix;
      const weights = viewOf(tensor, this.normalized);
      let sigma = 0;
      for (let i = 0; i < u.length; i++) sigma += u[i] * timesRow(weights, i, v);
      for (let k = 0; k < weights.length; k++) weights[k] /= sigma;
      matrix.sigma = sigma;
    }
    return this.normalized;
  }

  /** Turns gradients at the normalised parameters of the last {@link apply} into those at the parameters, in place. */
  pullBack(gradients: Float32Array): void {
    for (const { tensor, u, v, sigma } of this.#matrices) {
      const gradient = viewOf(tensor, gradients);
      const weights = viewOf(tensor, this.normalized);
      let along = 0;
      for (let k = 0; k < gradient.length; k++) along += gradient[k] * weights[k];
      for (let i = 0; i < u.length; i++) {
        for (let j = 0; j < v.length; j++) {
          const k = i * v.length + j;
          gradient[k] = (gradient[k] - along * u[i] * v[j]) / sigma;
        }
      }
    }
  }
}

const firstIterations = 15;

/** Row i of W [rows, v.length] times v. */
function timesRow(weights: Float32Array, row: number, v: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < v.length; j++) sum += weights[row * v.length + j] * v[j];
  return sum;
}

function toUnit(vector: Float64Array): void {
  let square = 0;
  for (const value of vector) square += value * value;
  const length = Math.sqrt(square);
  for (let i = 0; i < vector.length; i++) vector[i] /= length;
}
