import { z } from "zod";
import { type Duration, type Interval, mean, restrictedMean, windowedMean } from "../../src/stats/index.js";
import { memory } from "../../src/theory/rmsprop-response.js";
import type { CheckedRun } from "../parts/report.js";
import { number } from "../parts/text.js";
import { changeSchema, changeText, firstChange } from "./change-text.js";
import { type Episodes, episodesOf } from "./tables.js";

// What one run on CartPole says: how it performed before and after its change.

/** What is read of the configuration of a run on CartPole. */
export const cartpoleNeeds = z.object({
  env: z.object({ copies: z.number(), drift: z.array(changeSchema) }),
  agent: z.object({ maxGradientNorm: z.number().nullable(), rollout: z.number() }),
  optimizer: z.object({ rho: z.number(), lr: z.number() }),
  steps: z.number(),
});
export type CartpoleConfig = z.output<typeof cartpoleNeeds>;
export type CartpoleRun = CheckedRun<CartpoleConfig>;

/** The longest episode, which is the best. */
export const longest = 500;
/** The mean length of so many episodes that counts as recovered: a fixed reference, not the run's own past. */
export const reference = 0.8 * longest;
export const recoveryEpisodes = 20;
/** A policy that holds the pole for less than this has collapsed: a random one holds it for 22 steps. */
export const collapsedBelow = 20;
/** Environment steps before the change over which the level is taken. */
const levelSteps = 20_000;

export const clipText = (clip: number | null) => (clip === null ? "no clipping" : `clipped at ${number(clip)}`);
export const changeOf = ({ env }: Pick<CartpoleConfig, "env">) =>
  env.drift.length === 0 ? noChange : changeText(env.drift);
export const noChange = "no change";

/** The environment step of the change that the runs have, which those without one are measured from too. */
export const changeAt = (runs: readonly { readonly config: Pick<CartpoleConfig, "env"> }[]): number =>
  Math.min(
    ...runs.filter(({ config }) => config.env.drift.length > 0).map(({ config }) => firstChange(config.env.drift)),
  );

/** Environment steps between two updates, all copies together. */
export const stepsPerUpdate = ({ env, agent }: Pick<CartpoleConfig, "env" | "agent">) => env.copies * agent.rollout;

/** RMSprop's memory of 1/(1 − ρ) updates, in environment steps. */
export const memorySteps = (config: CartpoleConfig) => stepsPerUpdate(config) * memory(config.optimizer.rho);

/** A run before and after its change; lengths of episodes, in steps. */
export interface Adaptation {
  readonly seed: number;
  /** mean length just before the change */
  readonly before: number;
  /** mean length of the first 20 episodes that began after it: the immediate drop is `before` minus this */
  readonly first: number;
  /** mean length over equal windows from the change to the end */
  readonly score: number;
  /** the same over as long a time from the beginning of the run: the learner without a past */
  readonly scratch: number;
  /** environment steps from the change until 20 episodes in a row reach the reference on average; censored if never */
  readonly time: Duration;
  /** whether the policy has collapsed by the last window */
  readonly collapsed: boolean;
}

/** What happened in a run around a change. */
export async function adaptationOf(
  run: CheckedRun<Pick<CartpoleConfig, "env" | "steps">>,
  at: number,
): Promise<Adaptation> {
  const episodes = await episodesOf(run);
  const { step, length } = episodes;
  const { steps, env } = run.config;
  const { first, time } = recoveryOf(episodes, env.copies, at, steps);
  const last = windowedMean(step, length, steps - (steps - at) / 10, steps);
  return {
    seed: run.seed,
    before: windowedMean(step, length, Math.max(0, at - levelSteps), at),
    first,
    score: windowedMean(step, length, at, steps),
    scratch: windowedMean(step, length, 0, steps - at),
    time,
    collapsed: last < collapsedBelow,
  };
}

/**
 * The mean time to recover up to the end of the watching, in environment steps, with its interval cut to the times that
 * can be.
 */
export function meanTimeOf(seeds: readonly Pick<Adaptation, "time">[], watched: number): Interval {
  const { estimate, low, high } = restrictedMean(
    seeds.map(({ time }) => time),
    watched,
  );
  return { estimate, low: Math.max(0, low), high: Math.min(watched, high) };
}

/** Only episodes that began after the change count: the others are in part the old environment's. */
function recoveryOf({ step, length }: Episodes, copies: number, at: number, end: number) {
  const window: number[] = [];
  const first: number[] = [];
  for (let i = 0; i < step.length; i++) {
    if (step[i] - copies * length[i] < at) continue;
    if (first.length < recoveryEpisodes) first.push(length[i]);
    window.push(length[i]);
    if (window.length > recoveryEpisodes) window.shift();
    if (window.length === recoveryEpisodes && mean(window) >= reference) {
      return { first: mean(first), time: { time: step[i] - at, observed: true } };
    }
  }
  return { first: mean(first), time: { time: end - at, observed: false } };
}
