import { finiteOrNull } from "../../src/math/finite-or-null.js";
import type { RandomStream, RandomStreamState } from "../../src/rng/random-stream.js";
import type { Streams } from "../../src/rng/streams.js";
import type { Parameters } from "../parameters.js";
import { buildSchedule } from "./build-schedule.js";
import { buildUpdate } from "./build-update.js";
import { DriftingValues } from "./drifting-values.js";
import { clip, type Distributions, type DriftOptions, driftingParameters } from "./options.js";
import type { Schedule } from "./schedule.js";
import type { DistributionUpdate, Update } from "./update.js";

/** The state of one entry of a drift. */
interface Entry {
  /** The places in the list of all drifting parameters that it changes: one for a number, several for a distribution. */
  readonly slots: readonly number[];
  readonly schedule: Schedule;
  readonly update: Update | DistributionUpdate;
  readonly bounds: DriftOptions[number]["bounds"];
  readonly episodic: boolean;
  stream: RandomStream;
  next: number;
  count: number;
  /** The values before the first change; undefined until then. */
  start: readonly number[] | undefined;
  /** The change that a number's update sees; the object is reused, so that nothing is allocated per step. */
  readonly change: { count: number; time: number; start: number; stream: RandomStream };
}

/** Plain data, with which {@link Drift.restore} goes on as if nothing had happened. */
export interface DriftState {
  readonly changes: number;
  readonly entries: readonly {
    /** Null when there is no further change. */
    readonly next: number | null;
    readonly count: number;
    readonly start: readonly number[] | null;
    readonly stream: RandomStreamState;
  }[];
}

/**
 * Changes an environment's parameters. The lifetime clock counts environment steps over all copies, and no reset
 * touches it: a schedule means the same whatever the number of copies and the length of episodes. An entry on the
 * episode clock counts the steps of the episode; a reset takes its changes back and draws new times.
 *
 * A change at time t takes effect before the first step that begins at a clock of t or later. N copies step together,
 * so where N does not divide t that is up to N − 1 steps after t. Changes due at the same time happen in the order of
 * the entries, each on the value that the one before has left.
 *
 * Entry i draws from the stream `drift/i`, so that an entry added at the end moves no other's times.
 */
export class Drift {
  readonly #entries: readonly Entry[];
  /** The drifting parameters, each once. */
  readonly #drifting: DriftingValues;
  /** Theirs while changes are worked out, by slot. */
  readonly #values: Float64Array;
  #next = Number.POSITIVE_INFINITY;
  #nextInEpisode = Number.POSITIVE_INFINITY;
  #changes = 0;
  /** For the updates that take one for each change. */
  #normals = new Float64Array(64);

  /** @param options checked by `checkDrift` */
  constructor(options: DriftOptions, parameters: Parameters, distributions: Distributions, streams: Streams) {
    const names = driftingParameters(options, distributions);
    this.#drifting = new DriftingValues(parameters, names);
    this.#values = this.#drifting.values;
    this.#entries = options.map(({ parameter, schedule, update, bounds, clock }, i) => ({
      change: { count: 0, time: 0, start: 0, stream: streams.get(`drift/${i}`) },
      slots: (distributions[parameter] ?? [parameter]).map((name) => names.indexOf(name)),
      schedule: buildSchedule(schedule),
      update: buildUpdate(update),
      bounds,
      episodic: clock === "episode",
      stream: streams.get(`drift/${i}`),
      next: Number.POSITIVE_INFINITY,
      count: 0,
      start: undefined,
    }));
    this.#plan(0);
  }

  /** The changes done so far, all entries together. */
  get changes(): number {
    return this.#changes;
  }

  /** The changes before the last step, or at the last reset: new value less old one, by name. Mostly empty. */
  get sizes(): Record<string, number> {
    return this.#drifting.sizes;
  }

  /** Draws what is still to come anew from another seed's streams; what has happened stays. */
  seed(streams: Streams, clock: number): void {
    this.#entries.forEach((entry, i) => {
      entry.stream = streams.get(`drift/${i}`);
    });
    this.#plan(clock);
  }

  /** Does what is due. Called before every step; costs two comparisons when nothing is. */
  apply(clock: number, elapsed: number): void {
    this.#drifting.forget();
    if (clock >= this.#next) this.#next = this.#applyTo(clock, false);
    if (elapsed >= this.#nextInEpisode) this.#nextInEpisode = this.#applyTo(elapsed, true);
  }

  /** Begins an episode: entries on the episode clock take their changes back and plan new ones. */
  beginEpisode(): void {
    this.#drifting.forget();
    if (!this.#entries.some(({ episodic }) => episodic)) return;
    this.#drifting.load();
    // Backwards, so that of several entries of one parameter the first one's start is what remains.
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const entry = this.#entries[i];
      if (entry.episodic && entry.start !== undefined) this.#write(entry, entry.start);
    }
    this.#drifting.commit();
    for (const entry of this.#entries) {
      if (!entry.episodic) continue;
      entry.count = 0;
      entry.start = undefined;
      entry.next = entry.schedule.next(0, entry.stream);
    }
    this.#nextInEpisode = this.#earliest(true);
  }

  save(): DriftState {
    return {
      changes: this.#changes,
      entries: this.#entries.map(({ next, count, start, stream }) => {
        return {
          next: finiteOrNull(next),
          count,
          start: start === undefined ? null : [...start],
          stream: stream.save(),
        };
      }),
    };
  }

  restore({ changes, entries }: DriftState): void {
    this.#changes = changes;
    this.#drifting.forget();
    this.#entries.forEach((entry, i) => {
      const { next, count, start, stream } = entries[i];
      Object.assign(entry, { next: next ?? Number.POSITIVE_INFINITY, count, start: start ?? undefined });
      entry.stream.restore(stream);
    });
    this.#next = this.#earliest(false);
    this.#nextInEpisode = this.#earliest(true);
  }

  #plan(clock: number): void {
    for (const entry of this.#entries) entry.next = entry.schedule.next(entry.episodic ? 0 : clock, entry.stream);
    this.#next = this.#earliest(false);
    this.#nextInEpisode = this.#earliest(true);
  }

  /** All changes of one clock up to now, in the order of their times; returns the time of the next one. */
  #applyTo(now: number, episodic: boolean): number {
    this.#drifting.load();
    const entries = this.#entries;
    if (entries.length === 1) return this.#applyAlone(entries[0], now);
    let due = this.#earliest(episodic);
    while (now >= due) {
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i < entries.length; i++) {
        const entry = entries[i];
        if (entry.episodic !== episodic) continue;
        if (entry.next === due) {
          this.#change(entry);
          entry.next = entry.schedule.next(due, entry.stream);
        }
        if (entry.next < least) least = entry.next;
      }
      due = least;
    }
    this.#drifting.commit();
    return due;
  }

  /** The same where there is one entry: what most drifts are, and what a drift at every step has to be fast for. */
  #applyAlone(entry: Entry, now: number): number {
    const { schedule, update, stream } = entry;
    const scalar = update.kind === "scalar" ? update : null;
    if (scalar?.closed || (scalar?.walk && schedule.fixed)) this.#applyAtOnce(entry, scalar, now);
    else {
      while (now >= entry.next) {
        const due = entry.next;
        this.#change(entry);
        entry.next = schedule.next(due, stream);
      }
    }
    this.#drifting.commit();
    return entry.next;
  }

  /** All changes up to now, the times first: either the schedule or the update draws nothing, so no draw moves. */
  #applyAtOnce(entry: Entry, update: Update, now: number): void {
    const { schedule, stream, slots, change, bounds } = entry;
    const { period } = schedule;
    let changes = 0;
    let [last, next] = [0, entry.next];
    if (period !== undefined) {
      changes = Math.floor((now - next) / period) + 1;
      last = next + (changes - 1) * period;
      next = last + period;
    } else {
      for (; now >= next; changes++) {
        last = next;
        next = schedule.next(last, stream);
      }
    }
    const [slot] = slots;
    const present = this.#values[slot];
    entry.start ??= [present];
    entry.count += changes;
    entry.next = next;
    this.#changes += changes;
    if (update.walk !== undefined) {
      const low = bounds?.[0] ?? Number.NEGATIVE_INFINITY;
      const high = bounds?.[1] ?? Number.POSITIVE_INFINITY;
      if (this.#normals.length < changes) this.#normals = new Float64Array(2 * changes);
      stream.fillNormal(this.#normals, 0, 1, changes);
      this.#values[slot] = update.walk(present, changes, this.#normals, low, high);
      return;
    }
    change.count = entry.count;
    change.time = last;
    change.start = entry.start[0];
    change.stream = stream;
    this.#values[slot] = clip(update.value(present, change), bounds);
  }

  #change(entry: Entry): void {
    const { slots, update, bounds, stream } = entry;
    entry.count++;
    this.#changes++;
    if (update.kind === "scalar") {
      const present = this.#values[slots[0]];
      entry.start ??= [present];
      const { change } = entry;
      change.count = entry.count;
      change.time = entry.next;
      change.start = entry.start[0];
      change.stream = stream;
      this.#values[slots[0]] = clip(update.value(present, change), bounds);
      return;
    }
    const present = normalised(slots.map((slot) => this.#values[slot]));
    entry.start ??= present;
    this.#write(entry, update.move(present, { count: entry.count, time: entry.next, start: entry.start, stream }));
  }

  #write({ slots }: Entry, values: readonly number[]): void {
    for (let i = 0; i < slots.length; i++) this.#values[slots[i]] = values[i];
  }

  #earliest(episodic: boolean): number {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < this.#entries.length; i++) {
      const entry = this.#entries[i];
      if (entry.episodic === episodic && entry.next < least) least = entry.next;
    }
    return least;
  }
}

function normalised(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
