import { InputError } from "../../src/config/input-error.js";
import { log } from "../../src/math/elementary/logarithm.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import { isVector, Space } from "./space.js";

/** Vectors of float32 with a lower and an upper bound per entry, either of which may be infinite. */
export class Box extends Space<Float32Array> {
  readonly kind = "box";
  readonly low: Float32Array;
  readonly high: Float32Array;

  /** @throws InputError unless there are as many lower bounds as upper ones, each at most its upper one */
  constructor(low: ArrayLike<number>, high: ArrayLike<number>) {
    super();
    this.low = Float32Array.from(low);
    this.high = Float32Array.from(high);
    const wrong = this.low.findIndex((bound, i) => !(bound <= this.high[i]));
    if (this.low.length === this.high.length && this.low.length > 0 && wrong === -1) return;
    const found = `[${this.low.join(", ")}] and [${this.high.join(", ")}]`;
    throw new InputError(`Box: expected lower bounds, each at most its upper one, and as many; found ${found}`);
  }

  /** Number of entries. */
  get size(): number {
    return this.low.length;
  }
  get width(): number {
    return this.low.length;
  }

  contains(x: unknown): boolean {
    return isVector(x, this.size) && this.fits(x, 0);
  }

  fits(values: ArrayLike<number>, offset: number): boolean {
    for (let i = 0; i < this.low.length; i++) {
      const value = values[offset + i];
      if (!(value >= this.low[i] && value <= this.high[i])) return false;
    }
    return true;
  }

  unflatten(row: ArrayLike<number>): Float32Array {
    return Float32Array.from(row);
  }

  clone(): Box {
    return new Box(this.low, this.high);
  }

  /**
   * A draw per entry: uniform between two bounds, one plus or minus an exponential beyond one bound, standard normal
   * without bounds, as Gymnasium has it.
   */
  protected draw(stream: RandomStream): Float32Array {
    return this.low.map((low, i) => {
      const high = this.high[i];
      const below = Number.isFinite(low);
      const above = Number.isFinite(high);
      // Rounding to float32 may carry a draw onto the bound itself, never past it: the bounds are float32.
      if (below && above) return stream.uniform(low, high);
      if (!below && !above) return stream.normal();
      const excess = -log(1 - stream.uniform());
      return below ? low + excess : high - excess;
    });
  }

  toString(): string {
    return `${this.size} number${this.size === 1 ? "" : "s"} from [${this.low.join(", ")}] to [${this.high.join(", ")}]`;
  }
}
