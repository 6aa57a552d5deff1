import type { Engine, LayerKernels, Program } from "../kernels/engine.js";

/** More than this many vectors follow one another without coming back: what is recorded is not used again. */
const most = 4096;

/** Calls of layers with the vectors that they are given. */
type Calls<Third, Fourth> = (
  layers: LayerKernels,
  first: Float32Array,
  second: Float32Array,
  third: Third,
  fourth: Fourth,
) => void;

interface Recorded {
  readonly vectors: readonly (Float32Array | null)[];
  readonly program: Program;
}

/**
 * The calls that take a batch through a network's layers, recorded for every set of vectors that they have been made
 * with: from the second time on they cost one crossing into the engine, and none of their checks again.
 */
export class Programs<Third extends Float32Array | null, Fourth extends Float32Array | null> {
  readonly #engine: Engine;
  readonly #calls: Calls<Third, Fourth>;
  /** By the first vector's place in the engine's memory. */
  readonly #recorded = new Map<number, Recorded[]>();
  #count = 0;

  /** @param calls depend on the vectors alone, the first of which is the one that differs most often */
  constructor(engine: Engine, calls: Calls<Third, Fourth>) {
    this.#engine = engine;
    this.#calls = calls;
  }

  /** Makes the calls with these vectors. */
  run(first: Float32Array, second: Float32Array, third: Third, fourth: Fourth): void {
    const candidates = this.#recorded.get(first.byteOffset);
    if (candidates !== undefined)
      for (const { vectors, program } of candidates)
        if (
          isSame(vectors[0], first) &&
          isSame(vectors[1], second) &&
          isSame(vectors[2], third) &&
          isSame(vectors[3], fourth)
        ) {
          program();
          return;
        }
    const program = this.#count < most ? this.#record(first, second, third, fourth) : undefined;
    if (program === undefined) this.#calls(this.#engine, first, second, third, fourth);
    else program();
  }

  #record(first: Float32Array, second: Float32Array, third: Third, fourth: Fourth): Program | undefined {
    const program = this.#engine.record?.((layers) => this.#calls(layers, first, second, third, fourth));
    if (program === undefined) return undefined;
    const candidates = this.#recorded.get(first.byteOffset) ?? [];
    candidates.push({ vectors: [first, second, third, fourth], program });
    this.#recorded.set(first.byteOffset, candidates);
    this.#count++;
    return program;
  }
}

/** The ways through a network's layers. */
export interface LayerPrograms {
  /** Of input and parameters. */
  readonly forward: Programs<null, null>;
  /** Of the gradient at the outputs, parameters, input and gradients; the second goes on to the input. */
  readonly backward: Programs<Float32Array, Float32Array | null>;
  readonly backwardToInput: Programs<Float32Array, Float32Array | null>;
}

/** Whether both are the same window of the same memory. */
function isSame(a: Float32Array | null, b: Float32Array | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length;
}
