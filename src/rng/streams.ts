import { RandomStream, type RandomStreamState } from "./random-stream.js";

/** The purposes of randomness. Each has a stream of its own; a suffix makes more of a kind (`env/3`). */
export type StreamName = "init" | "env" | "drift" | "policy" | "data" | "latent" | "noise" | "evaluation";

/**
 * All random streams of one run, derived from the run's seed and not from its condition: every condition of a seed
 * sees the same random numbers, so that differences between conditions are paired.
 */
export class Streams {
  readonly #streams = new Map<string, RandomStream>();

  constructor(readonly seed: number) {}

  /** The stream of this name; the same object at every call. */
  get(name: StreamName | `${StreamName}/${string}`): RandomStream {
    let stream = this.#streams.get(name);
    if (stream === undefined) {
      stream = new RandomStream(this.seed, name);
      this.#streams.set(name, stream);
    }
    return stream;
  }

  /** The state of every stream that has been asked for. */
  save(): Record<string, RandomStreamState> {
    return Object.fromEntries([...this.#streams].map(([name, stream]) => [name, stream.save()]));
  }

  /** Continues from saved states; a stream that had not been asked for when they were saved starts anew. */
  restore(states: Record<string, RandomStreamState>): void {
    for (const [name, stream] of this.#streams) {
      if (!Object.hasOwn(states, name)) stream.restore(new RandomStream(this.seed, name).save());
    }
    for (const [name, state] of Object.entries(states)) this.get(name as StreamName).restore(state);
  }
}
