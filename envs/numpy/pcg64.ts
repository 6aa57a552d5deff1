import { seedSequence } from "./seed-sequence.js";

const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
const MASK_128 = (1n << 128n) - 1n;
const MASK_64 = (1n << 64n) - 1n;

/**
 * NumPy's default generator, `numpy.random.default_rng(seed)`: PCG64 (XSL RR 128/64) seeded by a SeedSequence.
 *
 *     state ← state·m + increment  (mod 2¹²⁸),   output = rotate(high ⊕ low, state ≫ 122)
 *
 * Source: O'Neill (2014), "PCG: A family of simple fast space-efficient statistically good algorithms for random number
 * generation"; `numpy/random/src/pcg64`.
 */
export class Pcg64 {
  #state: bigint;
  #increment: bigint;

  constructor(seed: number) {
    const words = seedSequence(seed, 8);
    const word64 = (i: number) => (BigInt(words[2 * i + 1]) << 32n) | BigInt(words[2 * i]);
    const start = (word64(0) << 64n) | word64(1);
    const sequence = (word64(2) << 64n) | word64(3);
    this.#increment = ((sequence << 1n) | 1n) & MASK_128;
    this.#state = 0n;
    this.#advance();
    this.#state = (this.#state + start) & MASK_128;
    this.#advance();
  }

  /** Uniform on [0, 1) with 53 bits, as `Generator.random`. */
  random(): number {
    this.#advance();
    const turn = this.#state >> 122n;
    const folded = (this.#state >> 64n) ^ (this.#state & MASK_64);
    const output = ((folded >> turn) | (folded << (64n - turn))) & MASK_64;
    return Number(output >> 11n) / 9007199254740992;
  }

  save(): { readonly state: string; readonly increment: string } {
    return { state: this.#state.toString(), increment: this.#increment.toString() };
  }

  restore({ state, increment }: { readonly state: string; readonly increment: string }): void {
    this.#state = BigInt(state);
    this.#increment = BigInt(increment);
  }

  #advance(): void {
    this.#state = (this.#state * MULTIPLIER + this.#increment) & MASK_128;
  }
}
