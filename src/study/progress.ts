/** The events of a running study, for whoever shows them. */
export interface Progress {
  /** @param done runs that were finished before */
  start(name: string, total: number, done: number): void;
  /** @param runs finished, with the fractions of those under way: 3.5 is three runs and half of another */
  update(runs: number): void;
  /**
   * A run has finished or failed.
   *
   * @param runs how many have by now
   */
  finished(runs: number): void;
  stop(): void;
}

export const silentProgress: Progress = { start() {}, update() {}, finished() {}, stop() {} };
