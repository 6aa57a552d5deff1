import { InputError } from "../../src/config/input-error.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import { checkCount, Space } from "./space.js";

/** The integers start … start + n − 1. The flat form is one-hot. */
export class Discrete extends Space<number> {
  readonly kind = "discrete";
  readonly width = 1;

  /** @throws InputError unless n is a positive integer and start an integer */
  constructor(
    readonly n: number,
    readonly start = 0,
  ) {
    super();
    checkCount("Discrete: n", n);
    if (!Number.isInteger(start)) throw new InputError(`Discrete: start: expected an integer, found ${start}`);
  }

  get size(): number {
    return this.n;
  }

  contains(x: unknown): boolean {
    return typeof x === "number" && Number.isInteger(x) && x >= this.start && x < this.start + this.n;
  }

  fits(values: ArrayLike<number>, offset: number): boolean {
    return this.contains(values[offset]);
  }

  unflatten(row: ArrayLike<number>): number {
    let best = 0;
    for (let i = 1; i < this.n; i++) if (row[i] > row[best]) best = i;
    return this.start + best;
  }

  clone(): Discrete {
    return new Discrete(this.n, this.start);
  }

  protected draw(stream: RandomStream): number {
    return this.start + stream.integer(this.n);
  }

  toString(): string {
    return `an integer from ${this.start} to ${this.start + this.n - 1}`;
  }
}
