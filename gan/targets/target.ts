import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Mixture } from "./mixture.js";

/** What a 2D GAN learns: a distribution in the plane. */
export interface Target {
  /** Fills the first `rows` of `out` [rows, 2] with independent samples. */
  sample(stream: RandomStream, out: Float32Array, rows: number): void;
  /** The modes, where the distribution has some: captured modes and high quality are counted only there. */
  readonly mixture?: Mixture;
}
