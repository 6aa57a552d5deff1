import type { Engine, LayerKernels, Program } from "../kernels/engine.js";

/** More than this many vectors follow one another without coming back: what is recorded is not used again. */
const most = 4096;

interface Recorded {
  readonly vectors: readonly (Float32Array | null)[];
  readonly program: Program;
}

/**
 * The calls that take a batch through a network's layers, recorded for every set of vectors that they have been made
 * with: from the second time on they cost one crossing into the engine, and none of their checks again.
 */
export class Programs {
  readonly #engine: Engine;
  /** By the first vector's place in the engine's memory. */
  readonly #recorded = new Map<number, Recorded[]>();
  #count = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * Makes the calls.
   *
   * @param calls depend on the vectors alone
   * @param first the vector that differs most often
   */
  run(
    calls: (layers: LayerKernels) => void,
    first: Float32Array,
    second: Float32Array,
    third: Float32Array | null = null,
    fourth: Float32Array | null = null,
  ): void {
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
    const program = this.#record(calls, [first, second, third, fourth]);
    if (program === undefined) calls(this.#engine);
    else program();
  }

  #record(calls: (layers: LayerKernels) => void, vectors: readonly (Float32Array | null)[]): Program | undefined {
    if (this.#count >= most) return undefined;
    const program = this.#engine.record?.(calls);
    if (program === undefined) return undefined;
    const place = vectors[0]?.byteOffset ?? 0;
    const candidates = this.#recorded.get(place) ?? [];
    candidates.push({ vectors, program });
    this.#recorded.set(place, candidates);
    this.#count++;
    return program;
  }
}

/** Whether both are the same window of the same memory. */
function isSame(a: Float32Array | null, b: Float32Array | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length;
}
