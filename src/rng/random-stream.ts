import seedrandom from "seedrandom";
import { certain, uncertain, widths } from "./ziggurat.js";

/**
 * A stream's whole state as {@link RandomStream.save} returns it, in seedrandom's form: plain data, safe to write as JSON.
 * Alea's last three numbers as fractions, and its carry.
 */
export interface RandomStreamState {
  readonly c: number;
  readonly s0: number;
  readonly s1: number;
  readonly s2: number;
}

/** 2⁻³², as which the generator's 32-bit integers are fractions. */
const unit = 2.3283064365386963e-10;
/** 2⁻⁵⁵: 23 bits more behind those 32. */
const fine = 2.7755575615628914e-17;

/**
 * One named, seeded source of random numbers: Baagøe's Alea generator, keyed by the pair (seed, name), so that streams
 * of different names are independent and a consumer added to one stream moves no other. Every draw is a deterministic
 * function of the draws before it on the same stream.
 *
 * `seedrandom` seeds the generator, and {@link state} goes on from there with the same numbers: in integers, which
 * allocate nothing and which kernels can go on with too.
 */
export class RandomStream {
  /** Alea's last three numbers, the oldest first, and its carry, as integers in units of 2⁻³². */
  readonly state: Uint32Array;
  readonly #uniform = () => unit * this.#next();

  constructor(
    readonly seed: number,
    readonly name: string,
  ) {
    this.state = new Uint32Array(4);
    this.restore(seedrandom.alea(`${seed}/${name}`, { state: true }).state());
  }

  /** The generator's next 32 bits: multiplication with carry, x ← 2091639 x₃ + c modulo 2³², exact in doubles. */
  #next(): number {
    const { state } = this;
    const product = 2091639 * state[0] + state[3];
    const carry = (product * unit) | 0;
    const next = product - carry * 4294967296;
    state[0] = state[1];
    state[1] = state[2];
    state[2] = next;
    state[3] = carry;
    return next;
  }

  /** Uniform on [0, 1) with 32 bits, scaled to [low, high) where bounds are given. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (unit * this.#next());
  }

  /** Uniform on the integers 0 … n − 1; n at most 2³². */
  integer(n: number): number {
    return Math.floor(unit * this.#next() * n);
  }

  /** Standard normal by the ziggurat: two draws of 32 bits, nine for the layer and its side, 55 for the position. */
  normal(): number {
    for (;;) {
      const bits = this.#next();
      const entry = bits & 511;
      let share = unit * this.#next() + (bits >>> 9) * fine;
      if (share >= certain[entry]) {
        share = uncertain(entry & 255, share, this.#uniform);
        if (Number.isNaN(share)) continue;
      }
      return share * widths[entry];
    }
  }

  /**
   * An index drawn with the given weights (non-negative, any positive sum): the first index whose cumulative weight
   * exceeds a uniform draw. `weights` may be a window of a larger array: `count` entries from `offset`.
   */
  categorical(weights: ArrayLike<number>, offset = 0, count = weights.length - offset): number {
    let total = 0;
    for (let i = 0; i < count; i++) total += weights[offset + i];
    let remaining = unit * this.#next() * total;
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

  /** Fills a vector's first `count` entries with independent normals of the given mean and standard deviation. */
  fillNormal(out: Float32Array | Float64Array, mean = 0, deviation = 1, count = out.length): void {
    const { state } = this;
    for (let i = 0; i < count; i++) {
      let s0 = state[0];
      let s1 = state[1];
      let s2 = state[2];
      let carry = state[3];
      // What `normal` does, with its calls written out: a number that a call returns would be put on the heap.
      for (; i < count; i++) {
        const first = 2091639 * s0 + carry;
        const firstCarry = (first * unit) | 0;
        const bits = first - firstCarry * 4294967296;
        const second = 2091639 * s1 + firstCarry;
        const secondCarry = (second * unit) | 0;
        const position = second - secondCarry * 4294967296;
        const entry = bits & 511;
        const share = unit * position + (bits >>> 9) * fine;
        if (share >= certain[entry]) break;
        out[i] = mean + deviation * (share * widths[entry]);
        s0 = s2;
        s1 = bits;
        s2 = position;
        carry = secondCarry;
      }
      state[0] = s0;
      state[1] = s1;
      state[2] = s2;
      state[3] = carry;
      if (i < count) out[i] = mean + deviation * this.normal();
    }
  }

  /** Fills a vector with independent uniforms on [low, high). */
  fillUniform(out: Float32Array | Float64Array, low = 0, high = 1): void {
    for (let i = 0; i < out.length; i++) out[i] = this.uniform(low, high);
  }

  /** The stream's whole state, in seedrandom's form: {@link restore} continues with the same bits. */
  save(): RandomStreamState {
    const [s0, s1, s2, c] = this.state;
    return { c, s0: unit * s0, s1: unit * s1, s2: unit * s2 };
  }

  /** Puts the stream where it was when this state was taken. */
  restore({ c, s0, s1, s2 }: RandomStreamState): void {
    this.state.set([s0 / unit, s1 / unit, s2 / unit, c]);
  }
}
