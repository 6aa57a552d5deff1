import { describeCondition } from "../study/condition.js";
import { type CostModel, secondsLeft } from "../study/cost.js";
import type { Phase } from "../study/progress.js";
import type { PlannedRun } from "../study/run.js";
import { summaryValue } from "../study/summary.js";
import type { Summary } from "../study/task.js";

interface UnderWay {
  fraction: number;
  /** When it was heard of last, in seconds. */
  heard: number;
}

/** How far a phase of a study is: the events so far, as numbers to show. */
export class PhaseState {
  done: number;
  failed = 0;
  best: { readonly value: number; readonly condition: string } | undefined;
  readonly #underWay = new Map<PlannedRun, UnderWay>();
  readonly #waiting: Set<PlannedRun>;
  /** Of the runs that were carried out, by this process and by others. */
  #own = 0;
  #elsewhere = 0;
  /** Seconds that runs were under way, those of runs side by side added up, and when the first began. */
  #busy = 0;
  #began: number | undefined;

  /**
   * @param hands runs that this process carries out side by side
   * @param costs what was learned in earlier phases, and is learned further
   * @param clock in seconds
   */
  constructor(
    readonly phase: Phase,
    readonly hands: number,
    readonly costs: CostModel,
    readonly clock: () => number,
  ) {
    this.done = phase.done;
    this.#waiting = new Set(phase.runs);
  }

  get running(): number {
    return [...this.#underWay.values()].filter(({ fraction }) => fraction < 1).length;
  }

  /** Of the work of this phase, with what was there before it. */
  get fraction(): number {
    let sum = this.done + this.failed;
    for (const { fraction } of this.#underWay.values()) sum += fraction;
    return this.phase.total === 0 ? 1 : sum / this.phase.total;
  }

  advanced(run: PlannedRun, fraction: number): void {
    const now = this.clock();
    const before = this.#underWay.get(run);
    this.#began ??= now;
    if (before !== undefined && fraction > 0) this.#observe(run, fraction - before.fraction, now - before.heard);
    // Zero tells that the run begins: now, and not when it was heard of before.
    if (before === undefined || fraction > 0) this.#underWay.set(run, { fraction, heard: now });
  }

  ended(run: PlannedRun, error: Error | undefined, summary: Summary | undefined): void {
    const before = this.#underWay.get(run);
    this.#underWay.delete(run);
    this.#waiting.delete(run);
    if (error !== undefined) {
      this.failed++;
      this.#busy += before === undefined ? 0 : this.clock() - before.heard;
      return;
    }
    this.done++;
    if (before === undefined) {
      this.#elsewhere++;
      return;
    }
    this.#own++;
    if (before.fraction < 1) this.#observe(run, 1 - before.fraction, this.clock() - before.heard);
    if (summary !== undefined) this.#remember(run, summary);
  }

  /** Seconds until all phases are done; undefined while nothing is known of what runs cost. */
  secondsLeft(): number | undefined {
    const left: [number, number][] = [];
    for (const run of [...this.#waiting, ...this.phase.later]) {
      const cost = this.costs.seconds(run);
      if (cost === undefined) return undefined;
      left.push([cost, 1 - (this.#underWay.get(run)?.fraction ?? 0)]);
    }
    const help = this.#own === 0 ? 1 : (this.#own + this.#elsewhere) / this.#own;
    return secondsLeft(left, this.hands * help) / this.#share();
  }

  /** The share of the hands' time in which they were at runs: small runs leave some to what lies between them. */
  #share(): number {
    const elapsed = this.clock() - (this.#began ?? this.clock());
    const most = elapsed * Math.min(this.hands, this.phase.runs.length);
    return most > 0 && this.#busy > 0 ? Math.min(1, this.#busy / most) : 1;
  }

  #observe(run: PlannedRun, fraction: number, seconds: number): void {
    this.#busy += seconds;
    this.costs.observe(run, fraction, seconds);
  }

  #remember({ condition, seed }: PlannedRun, summary: Summary): void {
    const { metric } = this.phase;
    const value = metric === undefined ? undefined : summaryValue(summary, metric.path);
    if (typeof value !== "number") return;
    const sign = metric?.goal === "minimise" ? -1 : 1;
    if (this.best !== undefined && sign * value <= sign * this.best.value) return;
    this.best = { value, condition: [describeCondition(condition), `seed ${seed}`].filter(Boolean).join(", ") };
  }
}
