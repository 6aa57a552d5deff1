import { Streams } from "../src/rng/streams.js";
import { Drift } from "./drift/drift.js";
import { type EnvOptions, specOf } from "./options.js";
import { makeVector } from "./registry.js";

/** A time of an environment's life in which nothing drifts. */
export interface DriftPhase {
  /** 0 before the first change, then one more at every step before which something changes. */
  readonly phase: number;
  /** The clock at its first step. */
  readonly step: number;
  /** Those of all copies meanwhile. */
  readonly parameters: Readonly<Record<string, number>>;
}

/**
 * The phases of a drift as a run of this seed lives through them, found without playing: a drift draws from streams of
 * its own. What drifts on the clock of an episode belongs to no phase.
 *
 * @param steps environment steps of the run, over all copies
 */
export function* driftPhases(
  { copies, parameters, drift, ...named }: EnvOptions,
  seed: number,
  steps: number,
): Generator<DriftPhase> {
  const env = makeVector(specOf(named), { copies, streams: new Streams(seed), parameters });
  const course = new Drift(drift, env.parameters, env.spec.distributions ?? {}, new Streams(seed));
  let phase = 0;
  yield { phase, step: 0, parameters: env.parameters.snapshot() };
  for (let clock = 0; clock < steps; clock += copies) {
    const before = course.changes;
    course.apply(clock, beforeEveryEpisode);
    if (course.changes > before) yield { phase: ++phase, step: clock, parameters: env.parameters.snapshot() };
  }
}

/** No entry on the clock of an episode is due. */
const beforeEveryEpisode = -1;
