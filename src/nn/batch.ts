import type { DenseShape } from "../kernels/engine.js";
import type { LayerPrograms } from "./programs.js";

/** The parts of a network that depend on the number of rows: each layer's shape, and the windows that callers get. */
export interface Batch {
  readonly rows: number;
  readonly shapes: readonly DenseShape[];
  /** The same, without the activation where a normalisation goes before it. */
  readonly products: readonly DenseShape[];
  readonly output: Float32Array;
  readonly inputGradient: Float32Array;
  /** The layers' calls, recorded: where no normalisation is among them, and the batch is kept. */
  readonly programs?: LayerPrograms;
}
