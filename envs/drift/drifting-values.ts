import type { Parameters } from "../parameters.js";

/** The values of drifting parameters while changes are worked out, and what the changes came to. */
export class DriftingValues {
  /** By slot, the place of a parameter's name in the list; to be changed between {@link load} and {@link commit}. */
  readonly values: Float64Array;
  readonly #parameters: Parameters;
  readonly #names: readonly string[];
  readonly #loaded: Float64Array;
  /** The changes since {@link forget}, by slot; meaningful while #moved. */
  readonly #sizes: Float64Array;
  #moved = false;

  /** @param names each once */
  constructor(parameters: Parameters, names: readonly string[]) {
    this.#parameters = parameters;
    this.#names = names;
    this.values = new Float64Array(names.length);
    this.#loaded = new Float64Array(names.length);
    this.#sizes = new Float64Array(names.length);
  }

  /** The changes since {@link forget}: new value less old one, by name. */
  get sizes(): Record<string, number> {
    if (!this.#moved) return {};
    const sizes = this.#names.map((name, slot) => [name, this.#sizes[slot]] as const);
    return Object.fromEntries(sizes.filter(([, size]) => size !== 0));
  }

  /** Reads the present values. */
  load(): void {
    for (let slot = 0; slot < this.#names.length; slot++) {
      this.values[slot] = this.#loaded[slot] = this.#parameters.get(this.#names[slot]);
    }
  }

  /** Sets what has changed since {@link load}, once, however many changes there were, and all of it together. */
  commit(): void {
    let count = 0;
    let last = 0;
    for (let slot = 0; slot < this.#names.length; slot++) {
      const size = this.values[slot] - this.#loaded[slot];
      if (size === 0) continue;
      this.#sizes[slot] += size;
      last = slot;
      count++;
    }
    if (count === 0) return;
    if (count === 1) this.#parameters.set(this.#names[last], this.values[last]);
    else this.#parameters.setAll(Object.fromEntries(this.#names.map((name, slot) => [name, this.values[slot]])));
    this.#moved = true;
  }

  /** Starts counting the sizes anew; costs one comparison when there is nothing to forget. */
  forget(): void {
    if (!this.#moved) return;
    this.#sizes.fill(0);
    this.#moved = false;
  }
}
