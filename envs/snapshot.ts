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

/**
 * All of N copies as plain data but for their streams, which belong to the run and are saved with it (`Streams.save`).
 */
export interface VectorSnapshot {
  readonly id: string;
  readonly copies: number;
  readonly state: readonly number[];
  readonly parameters: Readonly<Record<string, number>>;
  readonly clock: number;
  readonly started: boolean;
  /** Of each copy: whether it waits for its next episode, and the sums of the present one. */
  readonly ended: readonly number[];
  readonly returns: readonly number[];
  readonly lengths: readonly number[];
  readonly drift: DriftState;
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

/** @throws InputError for a snapshot of another environment, of another number of copies or of drifting entries */
export function checkVectorSnapshot(
  { id, copies, drift }: VectorSnapshot,
  expected: { readonly id: string; readonly copies: number; readonly entries: number },
): void {
  const found = `${copies} copies of ${id} with ${drift.entries.length} drifting entries`;
  const wanted = `${expected.copies} copies of ${expected.id} with ${expected.entries} drifting entries`;
  if (found !== wanted) throw new InputError(`restore: expected a snapshot of ${wanted}, found ${found}`);
}

/** @throws InputError for a snapshot of another environment, or with another number of drifting entries */
export function checkSnapshot({ id, drift }: Snapshot, expectedId: string, entries: number): void {
  if (id !== expectedId) throw new InputError(`${expectedId}: restore: expected a snapshot of it, found one of ${id}`);
  if (drift.entries.length === entries) return;
  throw new InputError(
    `${id}: restore: expected a snapshot with ${entries} drifting entries, found ${drift.entries.length}`,
  );
}
