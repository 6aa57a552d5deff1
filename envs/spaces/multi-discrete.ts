import { InputError } from "../../src/config/input-error.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import { checkCount, isVector, Space } from "./space.js";

/** Vectors of integers, entry i from start i to start i + counts i − 1. The flat form is one-hot, entry after entry. */
export class MultiDiscrete extends Space<Int32Array> {
  readonly kind = "multiDiscrete";
  readonly counts: Int32Array;
  readonly starts: Int32Array;

  /**
   * @param starts 0 for every entry when left out
   * @throws InputError unless the counts are positive integers and the starts as many integers
   */
  constructor(counts: ArrayLike<number>, starts?: ArrayLike<number>) {
    super();
    for (let i = 0; i < counts.length; i++) checkCount(`MultiDiscrete: counts.${i}`, counts[i]);
    if (starts !== undefined && (starts.length !== counts.length || !Array.from(starts).every(Number.isInteger))) {
      const found = Array.from(starts).join(", ");
      throw new InputError(`MultiDiscrete: starts: expected ${counts.length} integers, found ${found}`);
    }
    this.counts = Int32Array.from(counts);
    this.starts = starts === undefined ? new Int32Array(counts.length) : Int32Array.from(starts);
  }

  get size(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }
  get width(): number {
    return this.counts.length;
  }

  contains(x: unknown): boolean {
    return isVector(x, this.width) && this.fits(x, 0);
  }

  fits(values: ArrayLike<number>, offset: number): boolean {
    for (let i = 0; i < this.counts.length; i++) {
      const value = values[offset + i];
      if (!Number.isInteger(value)) return false;
      if (value < this.starts[i] || value >= this.starts[i] + this.counts[i]) return false;
    }
    return true;
  }

  unflatten(row: ArrayLike<number>): Int32Array {
    let from = 0;
    return this.counts.map((count, i) => {
      let best = 0;
      for (let k = 1; k < count; k++) if (row[from + k] > row[from + best]) best = k;
      from += count;
      return this.starts[i] + best;
    });
  }

  clone(): MultiDiscrete {
    return new MultiDiscrete(this.counts, this.starts);
  }

  protected draw(stream: RandomStream): Int32Array {
    return this.counts.map((count, i) => this.starts[i] + stream.integer(count));
  }

  toString(): string {
    const last = this.starts.map((start, i) => start + this.counts[i] - 1);
    return `${this.width} integers from [${this.starts.join(", ")}] to [${last.join(", ")}]`;
  }
}
