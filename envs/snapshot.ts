import { InputError } from "../src/config/input-error.js";
import type { RandomStream, RandomStreamState } from "../src/rng/random-stream.js";
import type { DriftState } from "./drift/drift.js";
import { NumpyStream } from "./numpy/numpy-stream.js";

/** The phase of an environment's life: whether a step may come next. */
export type Phase = "before the first reset" | "running" | "after the episode's end" | "closed";

type StreamState =
  | { readonly kind: "alea"; readonly state: RandomStreamState }
  | { readonly kind: "numpy"; readonly state: { readonly state: string; readonly increment: string } };

/** All of an environment as plain data, its generators too: what is restored from it goes on with the same bits. */
export interface Snapshot {
  readonly id: string;
  readonly state: readonly number[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly clock: number;
  readonly elapsed: number;
  readonly phase: Phase;
  readonly frozen: boolean;
  readonly drift: DriftState;
  /** Of the environment and of the channel's noise; none before the first reset. */
  readonly streams: readonly StreamState[];
}

export function saveStream(stream: RandomStream): StreamState {
  if (stream instanceof NumpyStream) return { kind: "numpy", state: stream.generator.save() };
  return { kind: "alea", state: stream.save() };
}

/** A stream that goes on where the saved one stood. */
export function restoredStream(saved: StreamState, stream: RandomStream): RandomStream {
  if (saved.kind === "alea") {
    stream.restore(saved.state);
    return stream;
  }
  const numpy = new NumpyStream(0);
  numpy.generator.restore(saved.state);
  return numpy;
}

/** @throws InputError for a snapshot of another environment, or with another number of drifting entries */
export function checkSnapshot({ id, drift }: Snapshot, expectedId: string, entries: number): void {
  if (id !== expectedId) throw new InputError(`${expectedId}: restore: expected a snapshot of it, found one of ${id}`);
  if (drift.entries.length === entries) return;
  throw new InputError(
    `${id}: restore: expected a snapshot with ${entries} drifting entries, found ${drift.entries.length}`,
  );
}
