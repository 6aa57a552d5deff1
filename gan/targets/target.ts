import type { RandomStream } from "../../src/rng/random-stream.js";

/** A mixture of round Gaussians in the plane, all of the same weight and deviation: the target of a 2D GAN. */
export interface Mixture {
  /** The modes' centres, x₀ y₀ x₁ y₁ … */
  readonly centres: Float64Array;
  /** σ of every mode, along each axis. */
  readonly deviation: number;
}

/** A distribution in the plane, for a 2D GAN to learn. */
export interface Target {
  /** Fills the first `rows` of `out` [rows, 2] with independent samples. */
  sample(stream: RandomStream, out: Float32Array, rows: number): void;
  /** The modes, where the distribution has some: captured modes and high quality are counted only there. */
  readonly mixture?: Mixture;
}
