import type { RunRecord, StudyRecord } from "./records.js";
import type { FinishedRun, Run, RunSpec } from "./run.js";

/** The state of a run in a store. */
export type RunState =
  | { readonly kind: "missing" }
  | { readonly kind: "whole" }
  | { readonly kind: "damaged"; readonly reason: string };

/** A run that is to be stored. */
export interface StoredRun {
  readonly run: RunSpec;
  readonly finished: FinishedRun;
}

/** A run as it is stored: its files by name. */
export type RunFiles = Readonly<Record<string, string | Uint8Array>>;

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
  /** Whether a run is stored, without a look inside. */
  has(id: string): Promise<boolean>;
  /** Reads a run to its end: is every part there, and is each what was written? */
  inspect(id: string): Promise<RunState>;
  /**
   * Writes runs, each whole or not at all; several at once cost little more than one. One that is stored already is kept,
   * for equal ids mean equal contents.
   */
  put(...runs: readonly StoredRun[]): Promise<void>;
  /** The files of a stored run, by name, as {@link receive} takes them. */
  files(id: string): Promise<RunFiles>;
  /** Writes a run that was written elsewhere, whole or not at all; one that is stored already is kept. */
  receive(id: string, files: RunFiles): Promise<void>;
  /** @throws InputError when the record is missing or damaged, with what to do */
  record(id: string): Promise<RunRecord>;
  /** @throws InputError when the run is missing or damaged, with what to do */
  get(id: string): Promise<Run>;
  /** The ids of the stored runs, in alphabetical order. */
  list(): Promise<string[]>;
  /**
   * Moves a damaged run out of the way, so that it can be written again and its remains looked into.
   *
   * @returns where it now is, in words for messages; undefined where another process was faster
   */
  setAside(id: string): Promise<string | undefined>;
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
  /** Writes what the record will be when all runs are stored, for those who bring them together. */
  putPlan(record: StudyRecord): Promise<void>;
  /** Writes the record, whole or not at all; there is no plan any more. */
  put(record: StudyRecord): Promise<void>;
  /** The plan, else the record; undefined where there is neither. */
  planOrRecord(): Promise<StudyRecord | undefined>;
  /** @throws InputError when the record is missing or damaged, with what to do */
  get(): Promise<StudyRecord>;
}
