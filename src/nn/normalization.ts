import type { Activation, Engine } from "../kernels/engine.js";

export const normalizations = ["none", "layer", "batch"] as const;
export type NormalizationName = (typeof normalizations)[number];

/** ε, added to the variance under the root; that of `torch.nn.LayerNorm` and `torch.nn.BatchNorm1d`. */
const epsilon = 1e-5;
/** How much of its running averages a batch replaces; `momentum` of `torch.nn.BatchNorm1d`. */
const momentum = 0.1;

/**
 * The normalisation of one layer's values z [rows, units], with a scale γ and a shift β for each unit:
 *
 *     a = γ ẑ + β,   ẑ = (z − μ)/√(σ² + ε),   σ² = mean (z − μ)²
 *
 *     ∂L/∂γ = Σ_rows ∂L/∂a ⊙ ẑ,   ∂L/∂β = Σ_rows ∂L/∂a
 *     ∂L/∂z = (g − mean g − ẑ mean(g ẑ))/√(σ² + ε),   g = γ ∂L/∂a
 *
 * Means are over the units of a row (`layer`), or over the rows of a batch for each unit (`batch`), which also keeps
 * running averages of μ and of the unbiased variance σ² n/(n − 1), for values that stand alone. Sums are float64, first
 * to last; what is stored is float32.
 *
 * Sources: Ba, Kiros and Hinton (2016); Ioffe and Szegedy (2015).
 */
export class Normalization {
  readonly #name: "layer" | "batch";
  readonly #units: number;
  /** ẑ of the last forward. */
  readonly #normalized: Float32Array;
  /** 1/√(σ² + ε) of every row, or of every unit of every batch. */
  readonly #inverse: Float64Array;
  readonly #runningMean: Float64Array;
  readonly #runningVariance: Float64Array;
  #batches = 1;

  constructor(engine: Engine, name: "layer" | "batch", units: number, maxRows: number) {
    this.#name = name;
    this.#units = units;
    this.#normalized = engine.allocate(maxRows * units);
    this.#inverse = new Float64Array(name === "layer" ? maxRows : maxRows * units);
    this.#runningMean = new Float64Array(units);
    this.#runningVariance = new Float64Array(units).fill(1);
  }

  /**
   * z becomes a, in place.
   *
   * @param batches of how many batches of equal size the rows consist, one after the other: `batch` takes the averages
   *   of each by itself
   */
  forward(values: Float32Array, scale: Float32Array, shift: Float32Array, rows: number, batches = 1): void {
    this.#batches = batches;
    this.#eachGroup(rows, (start, stride, count, group) => {
      let sum = 0;
      for (let i = start, k = 0; k < count; i += stride, k++) sum += values[i];
      const mean = sum / count;
      let squares = 0;
      for (let i = start, k = 0; k < count; i += stride, k++) squares += (values[i] - mean) * (values[i] - mean);
      const inverse = 1 / Math.sqrt(squares / count + epsilon);
      for (let i = start, k = 0; k < count; i += stride, k++) this.#normalized[i] = (values[i] - mean) * inverse;
      this.#inverse[group] = inverse;
      if (this.#name === "batch") this.#remember(group % this.#units, mean, squares / Math.max(1, count - 1));
    });
    this.#scaleAndShift(values, scale, shift, rows);
  }

  /** z becomes a, in place, by the running averages: a row's result depends on no other row. `layer` has none. */
  evaluate(values: Float32Array, scale: Float32Array, shift: Float32Array, rows: number): void {
    if (this.#name === "layer") {
      this.forward(values, scale, shift, rows);
      return;
    }
    for (let i = 0; i < rows * this.#units; i++) {
      const unit = i % this.#units;
      this.#normalized[i] = (values[i] - this.#runningMean[unit]) / Math.sqrt(this.#runningVariance[unit] + epsilon);
    }
    this.#scaleAndShift(values, scale, shift, rows);
  }

  /**
   * The gradient at a of the last {@link forward} becomes that at z, in place. `batch` takes all rows of it.
   *
   * @param into overwritten with the gradients at scale and shift, where wanted
   */
  backward(
    gradient: Float32Array,
    scale: Float32Array,
    rows: number,
    into?: { readonly scale?: Float32Array; readonly shift?: Float32Array },
  ): void {
    if (into?.scale !== undefined && into.shift !== undefined) this.#sums(gradient, rows, into.scale, into.shift);
    const acrossUnits = this.#name === "layer" ? 1 : 0;
    this.#eachGroup(rows, (start, stride, count, group) => {
      const first = start % this.#units;
      let [sum, along] = [0, 0];
      for (let i = start, k = 0; k < count; i += stride, k++) {
        const scaled = gradient[i] * scale[first + k * acrossUnits];
        sum += scaled;
        along += scaled * this.#normalized[i];
      }
      const [mean, slope, inverse] = [sum / count, along / count, this.#inverse[group]];
      for (let i = start, k = 0; k < count; i += stride, k++) {
        const scaled = gradient[i] * scale[first + k * acrossUnits];
        gradient[i] = (scaled - mean - this.#normalized[i] * slope) * inverse;
      }
    });
  }

  /** Of every unit, over the rows: Σ gradient ẑ, Σ gradient. */
  #sums(gradient: Float32Array, rows: number, along: Float32Array, plain: Float32Array): void {
    const units = this.#units;
    for (let unit = 0; unit < units; unit++) {
      let [product, sum] = [0, 0];
      for (let i = unit; i < rows * units; i += units) {
        product += gradient[i] * this.#normalized[i];
        sum += gradient[i];
      }
      along[unit] = product;
      plain[unit] = sum;
    }
  }

  /** Calls with the index of the first of the values that share their averages, their distance and their number. */
  #eachGroup(rows: number, visit: (start: number, stride: number, count: number, group: number) => void): void {
    const units = this.#units;
    if (this.#name === "layer") {
      for (let row = 0; row < rows; row++) visit(row * units, 1, units, row);
      return;
    }
    const count = rows / this.#batches;
    if (count === 0) return;
    for (let group = 0; group < this.#batches * units; group++) {
      visit(Math.floor(group / units) * count * units + (group % units), units, count, group);
    }
  }

  #remember(unit: number, mean: number, variance: number): void {
    this.#runningMean[unit] += momentum * (mean - this.#runningMean[unit]);
    this.#runningVariance[unit] += momentum * (variance - this.#runningVariance[unit]);
  }

  #scaleAndShift(values: Float32Array, scale: Float32Array, shift: Float32Array, rows: number): void {
    const units = this.#units;
    for (let row = 0; row < rows; row++) {
      for (let unit = 0; unit < units; unit++) {
        const i = row * units + unit;
        values[i] = scale[unit] * this.#normalized[i] + shift[unit];
      }
    }
  }
}

/** Applies an activation in place, where none is fused into the dense layer before. */
export function activate(values: Float32Array, count: number, activation: Activation, slope: number): void {
  if (activation === "identity") return;
  for (let i = 0; i < count; i++) {
    const value = values[i];
    if (activation === "tanh") values[i] = Math.tanh(value);
    else if (value < 0) values[i] = activation === "relu" ? 0 : slope * value;
  }
}
