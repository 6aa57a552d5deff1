import type { Activation, Engine, NormalizationKernels } from "../kernels/engine.js";
import { normalizationLoops } from "./normalization-loops.js";

export const normalizations = ["none", "layer", "batch"] as const;
export type NormalizationName = (typeof normalizations)[number];

/** ε, added to the variance under the root; that of `torch.nn.LayerNorm` and `torch.nn.BatchNorm1d`. */
export const epsilon = 1e-5;
/** How much of its running averages a batch replaces; `momentum` of `torch.nn.BatchNorm1d`. */
const momentum = 0.1;

/** A hidden layer that is normalised. */
export interface NormalizedLayer {
  readonly name: "layer" | "batch";
  readonly units: number;
  readonly activation: Activation;
  /** Of leakyRelu, below zero. */
  readonly slope: number;
}

/** A scale γ and a shift β for each unit, or the gradients at them. */
export interface Affine {
  readonly scale: Float32Array;
  readonly shift: Float32Array;
}

/**
 * The normalisation of one layer's products z [rows, units], and the activation behind it:
 *
 *     h = activation(a),   a = γ ẑ + β,   ẑ = (z − μ)/√(σ² + ε),   σ² = mean (z − μ)²
 *
 *     ∂L/∂γ = Σ_rows ∂L/∂a ⊙ ẑ,   ∂L/∂β = Σ_rows ∂L/∂a
 *     ∂L/∂z = (g − mean g − ẑ mean(g ẑ))/√(σ² + ε),   g = γ ∂L/∂a
 *
 * Means are over the units of a row (`layer`), or over the rows of a batch for each unit (`batch`), which also keeps
 * running averages of μ and of the unbiased variance σ² n/(n − 1), for rows that stand alone.
 *
 * Sources: Ba, Kiros and Hinton (2016); Ioffe and Szegedy (2015).
 */
export class Normalization {
  readonly #layer: NormalizedLayer;
  readonly #kernels: NormalizationKernels;
  /** ẑ of the last forward. */
  readonly #normalized: Float32Array;
  /** 1/√(σ² + ε) of every row, or of every unit of every batch. */
  readonly #inverse: Float32Array;
  /** μ and σ², of a row or of a batch at a time. */
  readonly #mean: Float32Array;
  readonly #variance: Float32Array;
  readonly #runningMean: Float64Array;
  readonly #runningVariance: Float64Array;
  #batches = 1;

  constructor(engine: Engine, layer: NormalizedLayer, maxRows: number) {
    const { name, units } = layer;
    this.#layer = layer;
    this.#kernels = engine.normalization ?? normalizationLoops(engine);
    this.#normalized = engine.allocate(maxRows * units);
    this.#inverse = engine.allocate(name === "layer" ? maxRows : maxRows * units);
    [this.#mean, this.#variance] = [0, 1].map(() => engine.allocate(Math.max(maxRows, units)));
    this.#runningMean = new Float64Array(units);
    this.#runningVariance = new Float64Array(units).fill(1);
  }

  /**
   * z becomes h, in place.
   *
   * @param batches of how many batches of equal size the rows consist, one after the other: `batch` takes the averages
   *   of each by itself
   */
  forward(values: Float32Array, affine: Affine, rows: number, batches = 1): void {
    const [mean, variance] = [this.#mean, this.#variance];
    this.#batches = batches;
    this.#eachBatch(rows, (shape, from, batch) => {
      const [normalized, inverse] = [this.#normalized.subarray(from), this.#inverse.subarray(batch * shape.units)];
      this.#kernels.normalize(shape, epsilon, values.subarray(from), normalized, inverse, mean, variance);
      if (shape.over === "rows") this.#remember(shape.rows);
    });
    this.#scaleAndShift(values, affine, rows);
  }

  /** z becomes h, in place, by the running averages: a row's result depends on no other row. `layer` has none. */
  evaluate(values: Float32Array, affine: Affine, rows: number): void {
    const { name, units } = this.#layer;
    if (name === "layer") {
      this.forward(values, affine, rows);
      return;
    }
    for (let i = 0; i < rows * units; i++) {
      const unit = i % units;
      this.#normalized[i] = (values[i] - this.#runningMean[unit]) / Math.sqrt(this.#runningVariance[unit] + epsilon);
    }
    this.#scaleAndShift(values, affine, rows);
  }

  /**
   * The gradient at a of the last {@link forward} becomes that at z, in place. `batch` takes all rows of it.
   *
   * @param into overwritten with the gradients at scale and shift, where wanted
   */
  backward(gradient: Float32Array, { scale }: Affine, rows: number, into?: Affine): void {
    const { units } = this.#layer;
    if (into !== undefined) {
      this.#kernels.scaleAndShiftBackward({ rows, units }, this.#normalized, gradient, into.scale, into.shift);
    }
    this.#eachBatch(rows, (shape, from, batch) => {
      const [normalized, inverse] = [this.#normalized.subarray(from), this.#inverse.subarray(batch * shape.units)];
      this.#kernels.normalizeBackward(shape, normalized, inverse, scale, gradient.subarray(from));
    });
  }

  #scaleAndShift(values: Float32Array, { scale, shift }: Affine, rows: number): void {
    this.#kernels.scaleAndShift({ ...this.#layer, rows }, this.#normalized, scale, shift, values);
  }

  /** Calls with the shape of each part whose rows go together, the index of its first value, and which it is. */
  #eachBatch(
    rows: number,
    visit: (shape: { rows: number; units: number; over: "units" | "rows" }, from: number, batch: number) => void,
  ): void {
    const { name, units } = this.#layer;
    if (name === "layer") {
      visit({ rows, units, over: "units" }, 0, 0);
      return;
    }
    const count = rows / this.#batches;
    for (let batch = 0; batch < this.#batches && count > 0; batch++) {
      visit({ rows: count, units, over: "rows" }, batch * count * units, batch);
    }
  }

  #remember(count: number): void {
    for (let unit = 0; unit < this.#layer.units; unit++) {
      const unbiased = (this.#variance[unit] * count) / Math.max(1, count - 1);
      this.#runningMean[unit] += momentum * (this.#mean[unit] - this.#runningMean[unit]);
      this.#runningVariance[unit] += momentum * (unbiased - this.#runningVariance[unit]);
    }
  }
}

/** Normalisation of hidden layers → a line about it, for listings. */
export const normalizationLines: Readonly<Record<NormalizationName, string>> = {
  none: "no normalisation",
  layer: "the units of each row to mean 0 and deviation 1, then scaled and shifted",
  batch: "each unit to mean 0 and deviation 1 over the rows, then scaled and shifted",
};
