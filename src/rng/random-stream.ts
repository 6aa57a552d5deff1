import seedrandom from "seedrandom";

/** What {@link RandomStream.save} returns: plain data, safe to write as JSON. */
export interface RandomStreamState {
  readonly generator: seedrandom.State.Alea;
  readonly spareNormal: number | null;
}

/**
 * One named, seeded source of random numbers: Baagøe's Alea generator as implemented by `seedrandom`, keyed by the
 * pair (seed, name), so that streams of different names are independent and a consumer added to one stream moves no
 * other. Every draw is a deterministic function of the draws before it on the same stream.
 */
export class RandomStream {
  #generator: seedrandom.StatefulPRNG<seedrandom.State.Alea>;
  #spareNormal: number | null = null;

  constructor(
    readonly seed: number,
    readonly name: string,
  ) {
    this.#generator = seedrandom.alea(`${seed}/${name}`, { state: true });
  }

  /** Uniform on [0, 1) with 32 bits, scaled to [low, high) where bounds are given. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * this.#generator();
  }

  /** Uniform on the integers 0 … n − 1; n at most 2³². */
  integer(n: number): number {
    return Math.floor(this.#generator() * n);
  }

  /** Standard normal by Box and Muller's transform (1958): two uniforms give two normals, the second is kept. */
  normal(): number {
    if (this.#spareNormal !== null) {
      const spare = this.#spareNormal;
      this.#spareNormal = null;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.#generator()));
    const angle = 2 * Math.PI * this.#generator();
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /**
   * An index drawn with the given weights (non-negative, any positive sum): the first index whose cumulative weight
   * exceeds a uniform draw. `weights` may be a window of a larger array: `count` entries from `offset`.
   */
  categorical(weights: ArrayLike<number>, offset = 0, count = weights.length - offset): number {
    let total = 0;
    for (let i = 0; i < count; i++) total += weights[offset + i];
    let remaining = this.#generator() * total;
    for (let i = 0; i < count - 1; i++) {
      remaining -= weights[offset + i];
      if (remaining < 0) return i;
    }
    return count - 1;
  }

  /** A uniformly random order of 0 … n − 1 (Fisher and Yates), written into `out` when given. */
  permutation(n: number, out: Int32Array = new Int32Array(n)): Int32Array {
    for (let i = 0; i < n; i++) out[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const swapped = out[i];
      out[i] = out[j];
      out[j] = swapped;
    }
    return out;
  }

  /** Fills a vector with independent normals of the given mean and standard deviation. */
  fillNormal(out: Float32Array | Float64Array, mean = 0, deviation = 1): void {
    for (let i = 0; i < out.length; i++) out[i] = mean + deviation * this.normal();
  }

  /** Fills a vector with independent uniforms on [low, high). */
  fillUniform(out: Float32Array | Float64Array, low = 0, high = 1): void {
    for (let i = 0; i < out.length; i++) out[i] = this.uniform(low, high);
  }

  /** The stream's whole state: {@link restore} continues with the same bits. */
  save(): RandomStreamState {
    return { generator: this.#generator.state(), spareNormal: this.#spareNormal };
  }

  restore(state: RandomStreamState): void {
    this.#generator = seedrandom.alea("", { state: state.generator });
    this.#spareNormal = state.spareNormal;
  }
}
