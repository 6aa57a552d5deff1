import type { StudyRecord } from "./records.js";
import type { FinishedRun, Run, RunSpec } from "./run.js";

/** Where runs lie, each under its id, whole or not at all. */
export interface RunStore {
  /** Names the store to another thread or process, which opens it by {@link openRunStore}. */
  readonly location: string;
  /**
   * Makes the store and proves that it can be written.
   *
   * @throws InputError saying why not
   */
  prepare(): Promise<void>;
  /** Whether the run is stored with all its parts. */
  has(id: string): Promise<boolean>;
  /** Writes a run; one that is stored already is kept, for equal ids mean equal contents. */
  put(run: RunSpec, finished: FinishedRun): Promise<void>;
  /** @throws InputError when the run is missing or damaged, with what to do */
  get(id: string): Promise<Run>;
  /** The ids of the stored runs, in alphabetical order. */
  list(): Promise<string[]>;
  /** Removes a run or what is left of one. */
  remove(id: string): Promise<void>;
  /** Removes what writers that no longer live left half-written. */
  sweep(): Promise<void>;
}

/** Where a study lies: its runs, and the record that says which of them belong to which condition. */
export interface StudyStore {
  readonly runs: RunStore;
  /**
   * Makes the store and proves that it can be written.
   *
   * @throws InputError saying why not
   */
  prepare(): Promise<void>;
  /** Writes the record, whole or not at all. */
  put(record: StudyRecord): Promise<void>;
  /** @throws InputError when the record is missing or damaged, with what to do */
  get(): Promise<StudyRecord>;
}
