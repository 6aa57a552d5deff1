import type { RandomStream } from "../src/rng/random-stream.js";

/** The integers start … start + n − 1. */
export class Discrete {
  readonly kind = "discrete";

  constructor(
    readonly n: number,
    readonly start = 0,
  ) {}

  /** A uniform draw. The stream is handed in: sampling actions moves no environment's randomness. */
  sample(stream: RandomStream): number {
    return this.start + stream.integer(this.n);
  }

  contains(x: unknown): boolean {
    return typeof x === "number" && Number.isInteger(x) && x >= this.start && x < this.start + this.n;
  }

  /** For error messages. */
  toString(): string {
    return `an integer from ${this.start} to ${this.start + this.n - 1}`;
  }
}

/** Vectors of float32 with a lower and an upper bound per entry, either of which may be infinite. */
export class Box {
  readonly kind = "box";
  readonly low: Float32Array;
  readonly high: Float32Array;

  constructor(low: ArrayLike<number>, high: ArrayLike<number>) {
    this.low = Float32Array.from(low);
    this.high = Float32Array.from(high);
  }

  /** Number of entries. */
  get size(): number {
    return this.low.length;
  }

  /**
   * A draw per entry: uniform between two bounds, one plus or minus an exponential beyond one bound, standard normal
   * without bounds, as Gymnasium has it.
   */
  sample(stream: RandomStream): Float32Array {
    return this.low.map((low, i) => {
      const high = this.high[i];
      const below = Number.isFinite(low);
      const above = Number.isFinite(high);
      // Rounding to float32 may carry a draw onto the bound itself, never past it: the bounds are float32.
      if (below && above) return stream.uniform(low, high);
      if (!below && !above) return stream.normal();
      const excess = -Math.log(1 - stream.uniform());
      return below ? low + excess : high - excess;
    });
  }

  contains(x: unknown): boolean {
    if (!(Array.isArray(x) || x instanceof Float32Array || x instanceof Float64Array)) return false;
    if (x.length !== this.size) return false;
    for (let i = 0; i < this.size; i++) if (!(x[i] >= this.low[i] && x[i] <= this.high[i])) return false;
    return true;
  }

  /** For error messages. */
  toString(): string {
    return `${this.size} numbers from [${this.low.join(", ")}] to [${this.high.join(", ")}]`;
  }
}

/** Told apart by `kind`. */
export type Space = Discrete | Box;
