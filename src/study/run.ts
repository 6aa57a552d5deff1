import type { ColumnTable } from "./column-table.js";
import type { Column } from "./tables.js";
import type { RunResult } from "./task.js";

// A run through its life: planned, carried out by its task, stored, read.

/** A condition of an experiment: axis (a path in the configuration) → the label of the value it takes there. */
export type Condition = Readonly<Record<string, string>>;

/** Everything that decides a run's rows: equal specifications give equal rows. */
export interface RunSpec {
  /** The digest of the rest, see `runId`. */
  readonly id: string;
  readonly task: string;
  /** The whole configuration, checked, with defaults filled in. */
  readonly config: unknown;
  readonly seed: number;
  readonly engine: string;
  /**
   * The folder that relative paths in the configuration start from; the working directory where left out. No part of
   * the identity, which holds digests of what lies there.
   */
  readonly base?: string;
}

/** A run as an experiment asks for it; two experiments may ask for the same. */
export interface PlannedRun extends RunSpec {
  readonly experiment: string;
  readonly condition: Condition;
}

/** A run that its task has carried out, with its rows. */
export interface FinishedRun extends Omit<RunResult, "parameters"> {
  /** SHA-256 of the final parameters' bytes (little-endian), one vector after the other. */
  readonly parametersSha256: string;
  readonly tables: readonly ColumnTable[];
}

/** A stored run as reports see it. */
export interface Run extends Omit<RunSpec, "base">, Omit<FinishedRun, "tables"> {
  /** Its part in the study that it is read from; empty for a run of its own. */
  readonly condition: Condition;
  /** Of the program that carried it out. */
  readonly version: string;
  /** The names of its tables. */
  readonly tables: readonly string[];
  /**
   * The columns of one of the run's tables, read from the store at every call.
   *
   * @param columns those that are wanted, as far as the table has them; all where left out
   */
  table(name: string, columns?: readonly string[]): Promise<Record<string, Column>>;
}
