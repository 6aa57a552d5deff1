import type { RunSpec } from "./run.js";
import type { Summary } from "./task.js";

/** Called while runs are carried out. */
export interface RunHooks<Spec extends RunSpec = RunSpec> {
  /** Ends the runs, in the middle. */
  readonly signal?: AbortSignal;
  /** @param fraction finished, 0 … 1; 0 when the run begins, then now and again */
  onProgress?(run: Spec, fraction: number): void;
  /**
   * @param error where the run failed
   * @param summary left out where it failed, and where it was carried out elsewhere
   */
  onFinished?(run: Spec, error: Error | undefined, summary?: Summary): void;
}

/**
 * Carries out runs somewhere: in threads, processes or on other machines. Where decides when a run is done, never what
 * comes out. A finished run is put into the store that the executor was made for.
 */
export interface Executor {
  /**
   * Carries out all runs. One that throws is a failed run, the others go on.
   *
   * @returns the error of each failed run, in the order of the runs; those that an abort kept from finishing are not
   * listed
   */
  run<Spec extends RunSpec>(runs: readonly Spec[], hooks?: RunHooks<Spec>): Promise<Map<Spec, Error>>;
}
