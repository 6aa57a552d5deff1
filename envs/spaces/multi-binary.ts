import type { RandomStream } from "../../src/rng/random-stream.js";
import { checkCount, isVector, Space } from "./space.js";

/** Vectors of n zeros and ones. */
export class MultiBinary extends Space<Int8Array> {
  readonly kind = "multiBinary";

  /** @throws InputError unless n is a positive integer */
  constructor(readonly n: number) {
    super();
    checkCount("MultiBinary: n", n);
  }

  get size(): number {
    return this.n;
  }
  get width(): number {
    return this.n;
  }

  contains(x: unknown): boolean {
    return isVector(x, this.n) && this.fits(x, 0);
  }

  fits(values: ArrayLike<number>, offset: number): boolean {
    for (let i = 0; i < this.n; i++) if (values[offset + i] !== 0 && values[offset + i] !== 1) return false;
    return true;
  }

  unflatten(row: ArrayLike<number>): Int8Array {
    return Int8Array.from(row);
  }

  clone(): MultiBinary {
    return new MultiBinary(this.n);
  }

  protected draw(stream: RandomStream): Int8Array {
    return new Int8Array(this.n).map(() => stream.integer(2));
  }

  toString(): string {
    return `${this.n} zeros and ones`;
  }
}
