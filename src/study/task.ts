import type { z } from "zod";
import type { Column, Columns, ColumnType, SummaryFields, TableDeclaration, Tables } from "./tables.js";

/** The most steps that a run can have: rows count them in int32. */
export const mostSteps = 2_147_483_647;

/** A growing columnar table of one run; one row an event. */
export interface Table<Name extends string = string> {
  readonly name: string;
  readonly types: Readonly<Record<Name, ColumnType>>;
  /** Appends values in the order of the columns; allocates nothing, for what happens at every step. */
  append(...row: number[]): void;
  /** Appends a row by the names of its columns. */
  appendRow(row: Readonly<Record<Name, number>>): void;
  readonly rows: number;
  /** The rows so far, by column; views that the next append may leave behind. */
  columns(): Record<Name, Column>;
}

/** The outer world as a run may use it. There is no clock here: results hold no wall-clock time. */
export interface RunContext {
  /** The run's seed. All randomness comes from `new Streams(seed)`. */
  readonly seed: number;
  /** The folder that relative paths in the configuration start from; the working directory where left out. */
  readonly base?: string;
  /** The name of the compute engine that the user chose, resolved (never `auto`). */
  readonly engine: string;
  /** Opens one of the task's tables, written as `<name>.parquet` when the run ends, with the columns of every run. */
  table<Name extends string>(declaration: TableDeclaration<Name>): Table<Name>;
  /**
   * Opens one of the task's tables with some of its further columns.
   *
   * @param columns all of this run's columns, in the order in which they are stored
   */
  table(declaration: TableDeclaration, columns: Columns): Table;
  /**
   * Reports the finished fraction of the run, 0 … 1, and the numbers worth watching, by name. Cheap; call it as often as
   * convenient.
   */
  progress(fraction: number, numbers?: Readonly<Record<string, number>>): void;
}

/** How a run ended. Divergence is an outcome with its step and reason, not a crash. */
export type Outcome =
  | { readonly kind: "completed" }
  | { readonly kind: "diverged"; readonly step: number; readonly reason: string };

/** Numbers and short texts that summarise a run; null where undefined. */
export type Summary = {
  readonly [key: string]: number | string | boolean | null | Summary | readonly (number | null)[];
};

/** A run as its task gives it back. */
export interface RunResult {
  readonly outcome: Outcome;
  readonly summary: Summary;
  /** The final parameters. The runner digests them: equal digests are the proof that two runs are the same run. */
  readonly parameters: readonly (Float32Array | Float64Array)[];
}

/**
 * The only thing that the runner knows of a training loop: a name, the schema of its configuration, and a function
 * that runs it once. A task is deterministic: equal configuration and seed give equal rows, bit for bit.
 */
// biome-ignore lint/suspicious/noExplicitAny: a registry holds tasks of every configuration type
export interface Task<Config = any> {
  readonly name: string;
  readonly description: string;
  readonly schema: z.ZodType<Config>;
  /** The tables that its runs may write. `metrics` is the main one, one row a step. */
  readonly tables: Tables;
  /** The fields that the summaries of its runs may have. */
  readonly summary: SummaryFields;
  /**
   * Fills into a checked configuration what it refers to outside itself, such as the digest of a file, so that the
   * run's identity holds it. Called once, when runs are planned.
   *
   * @param base the folder that relative paths in the configuration start from
   * @throws InputError beginning with the path in the configuration
   */
  resolve?(config: Config, base: string): Config;
  /** Carries out one run of a checked configuration. */
  run(config: Config, context: RunContext): Promise<RunResult> | RunResult;
}
