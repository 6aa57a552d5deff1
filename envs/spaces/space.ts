import { check } from "../../src/config/check.js";
import { InputError } from "../../src/config/input-error.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { seedSchema } from "../seed.js";

/** A set of observations or of actions. Told apart by `kind`. */
export abstract class Space<Element = unknown> {
  abstract readonly kind: "discrete" | "box" | "multiDiscrete" | "multiBinary";
  /** Numbers in the flat form, the one that networks see: an integer of n becomes n numbers, one of them 1. */
  abstract readonly size: number;
  /** Numbers that write an element down as it is: 1 for an integer. */
  abstract readonly width: number;
  #stream: RandomStream | undefined;

  /** Seeds what {@link sample} draws from when no stream is handed in. Nothing else draws from it. */
  seed(seed: number): void {
    this.#stream = new RandomStream(check(seedSchema, seed, "seed"), "space");
  }

  /** A random element, from the given stream or else from the space's own, which starts from seed 0. */
  sample(stream?: RandomStream): Element {
    if (stream !== undefined) return this.draw(stream);
    this.#stream ??= new RandomStream(0, "space");
    return this.draw(this.#stream);
  }

  /** Whether it is an element. */
  abstract contains(x: unknown): boolean;

  /** Whether the `width` numbers from `offset` write down an element; allocates nothing. */
  abstract fits(values: ArrayLike<number>, offset: number): boolean;

  /** The element that `size` numbers are the flat form of, as an object of its own. */
  abstract unflatten(row: ArrayLike<number>): Element;

  /** The same set with a stream of its own. */
  abstract clone(): Space<Element>;

  protected abstract draw(stream: RandomStream): Element;

  /** For error messages. */
  abstract toString(): string;
}

/** Whether it is a list of numbers of the given length. */
export function isVector(x: unknown, length: number): x is ArrayLike<number> {
  if (Array.isArray(x)) return x.length === length && x.every((value) => typeof value === "number");
  return ArrayBuffer.isView(x) && "length" in x && x.length === length;
}

/** @throws InputError unless it is a positive integer */
export function checkCount(source: string, count: number): void {
  if (Number.isInteger(count) && count > 0) return;
  throw new InputError(`${source}: expected a positive integer, found ${count}`);
}
