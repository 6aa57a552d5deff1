import type { RandomStream } from "../rng/random-stream.js";
import { certain, widths } from "../rng/ziggurat.js";
import type { EngineMemory } from "./engine-memory.js";
import type { Kernels } from "./kernels.js";

/** What the kernels need beside a stream, in an engine's memory: the ziggurat's tables, and a place for its state. */
interface Tables {
  readonly widths: number;
  readonly certain: number;
  readonly state: Uint32Array;
}

/** The kernels that draw from a stream: they go on from its state and leave theirs behind. */
export class StreamKernels {
  readonly #kernels: Kernels;
  readonly #memory: EngineMemory;
  /** Written when first needed. */
  #tables: Tables | undefined;

  constructor(kernels: Kernels, memory: EngineMemory) {
    this.#kernels = kernels;
    this.#memory = memory;
  }

  fillNormal(stream: RandomStream, out: Float32Array, mean: number, deviation: number): void {
    const tables = this.#placeTables();
    const { state } = tables;
    const stateAddress = this.#memory.place(state);
    const address = this.#memory.addressOf(out, out.length, "out");
    for (let done = 0; done < out.length; done++) {
      state.set(stream.state);
      const to = address + 4 * done;
      done += this.#kernels.fill_normal(
        out.length - done,
        mean,
        deviation,
        tables.widths,
        tables.certain,
        stateAddress,
        to,
      );
      stream.state.set(state);
      // One that needs a logarithm or an exponential: the kernel leaves it to the stream.
      if (done < out.length) out[done] = mean + deviation * stream.normal();
    }
  }

  fillUniform(stream: RandomStream, out: Float32Array, low: number, high: number): void {
    const { state } = this.#placeTables();
    const address = this.#memory.addressOf(out, out.length, "out");
    state.set(stream.state);
    this.#kernels.fill_uniform(out.length, low, high - low, this.#memory.place(state), address);
    stream.state.set(state);
  }

  #placeTables(): Tables {
    if (this.#tables === undefined) {
      const table = (numbers: Float64Array) => {
        const { buffer, byteOffset } = this.#memory.allocate(2 * numbers.length);
        const own = new Float64Array(buffer, byteOffset, numbers.length);
        own.set(numbers);
        return this.#memory.place(own);
      };
      const { buffer, byteOffset } = this.#memory.allocate(4);
      const state = new Uint32Array(buffer, byteOffset, 4);
      this.#tables = { widths: table(widths), certain: table(certain), state };
    }
    return this.#tables;
  }
}
