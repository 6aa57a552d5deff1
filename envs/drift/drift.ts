import type { Parameters } from "../parameters.js";
import { buildSchedule, buildUpdate, type DriftOptions } from "./options.js";

/**
 * Changes an environment's parameters on its lifetime clock, which counts environment steps over all copies and which
 * no reset touches. A schedule therefore means the same whatever the number of copies and the length of episodes.
 *
 * A change at time t takes effect before the first step that begins at a clock of t or later. N copies step together,
 * so where N does not divide t that is up to N − 1 steps after t.
 */
export class Drift {
  readonly #parameters: Parameters;
  readonly #entries;
  #next: number;
  #changes = 0;

  /** @param options checked by `checkDrift` */
  constructor(options: DriftOptions, parameters: Parameters) {
    this.#parameters = parameters;
    this.#entries = options.map(({ parameter, ...options }) => {
      const schedule = buildSchedule(options.schedule);
      return { parameter, schedule, update: buildUpdate(options.update), next: schedule.next(0), changes: 0 };
    });
    this.#next = this.#earliest();
  }

  /** The changes done so far, all parameters together. */
  get changes(): number {
    return this.#changes;
  }

  /** Does what is due at this clock. Called before every step; costs one comparison when nothing is due. */
  apply(clock: number): void {
    while (clock >= this.#next) {
      for (const entry of this.#entries) {
        if (entry.next !== this.#next) continue;
        const old = this.#parameters.get(entry.parameter);
        this.#parameters.set(entry.parameter, entry.update.value(old, entry.changes));
        entry.changes++;
        entry.next = entry.schedule.next(entry.next);
        this.#changes++;
      }
      this.#next = this.#earliest();
    }
  }

  #earliest(): number {
    return this.#entries.reduce((least, { next }) => Math.min(least, next), Number.POSITIVE_INFINITY);
  }
}
