import { z } from "zod";
import { compareMeans, holm, type MeansComparison, windowedMean } from "../../src/stats/index.js";
import type { CheckedRun } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { changeSchema, changeText, firstChange, goesOn } from "./change-text.js";
import { episodesOf } from "./tables.js";

/** The parts of a run's configuration that this comparison reads, whatever the agent and the environment. */
export const othersNeeds = z.object({
  env: z.object({ id: z.string(), drift: z.array(changeSchema).min(1) }),
  agent: z.object({ name: z.string(), maxGradientNorm: z.number().nullable().optional() }),
  optimizer: z.union([
    z.object({ name: z.literal("rmsprop"), rho: z.number(), lr: z.number() }),
    z.object({ name: z.literal("adam"), beta2: z.number(), lr: z.number() }),
  ]),
  steps: z.number(),
});
export type OthersRun = CheckedRun<z.output<typeof othersNeeds>>;

/**
 * The unit in which environments are compared: from the return of a uniformly random policy to the best that is known,
 * both in the unchanged environment.
 *
 * Random policies: means over 3000 episodes and more. Best: CartPole's time limit; the best arm's mean; for Acrobot and Pendulum
 * PPO of the Stable-Baselines3 zoo.
 */
export const returns: Readonly<Record<string, { readonly random: number; readonly best: number }>> = {
  "CartPole-v1": { random: 22, best: 500 },
  "Acrobot-v1": { random: -499, best: -73.5 },
  "Pendulum-v1": { random: -1229, best: -163 },
  "GaussianBandit-v0": { random: 0.45, best: 0.9 },
};

/** All seeds of one setting and memory. */
export interface Cell {
  readonly agent: string;
  readonly environment: string;
  readonly change: string;
  /** Whether the change goes on, in several steps or smoothly. */
  readonly curriculum: boolean;
  /** null: not clipped; undefined where the agent does not clip */
  readonly clip: number | null | undefined;
  readonly optimizer: "rmsprop" | "adam";
  /** RMSprop's ρ or Adam's β₂ */
  readonly decay: number;
  readonly lr: number;
  /** Mean returns after the change, in shares of the span of {@link returns}, by seed. */
  readonly scores: readonly number[];
}

/** The longest memory against the shortest in one setting; scores in shares of the span from random to best. */
export interface Comparison extends MeansComparison {
  readonly short: Cell;
  readonly long: Cell;
}

const decayOf = ({ optimizer }: z.output<typeof othersNeeds>) =>
  optimizer.name === "adam" ? optimizer.beta2 : optimizer.rho;

export async function cellsOf(runs: readonly OthersRun[]): Promise<Cell[]> {
  const key = ({ config: { env, agent, optimizer } }: OthersRun) =>
    JSON.stringify([env, agent, { ...optimizer, lr: 0 }]);
  return Promise.all([...groupBy(runs, key).values()].map(cellOf));
}

async function cellOf(group: readonly OthersRun[]): Promise<Cell> {
  const { config } = group[0];
  const { env, agent, optimizer } = config;
  const inOrder = [...group].sort((a, b) => a.seed - b.seed);
  return {
    agent: agent.name,
    environment: env.id,
    change: changeText(env.drift),
    curriculum: env.drift.some(goesOn),
    clip: agent.maxGradientNorm,
    optimizer: optimizer.name,
    decay: decayOf(config),
    lr: optimizer.lr,
    scores: await Promise.all(inOrder.map(scoreOf)),
  };
}

/**
 * The mean over time of the return since the first change, undone of a reward's scale, but not within the first fifth
 * of the run, in which the agent learns from scratch.
 */
async function scoreOf(run: OthersRun): Promise<number> {
  const { env, steps } = run.config;
  const scale = env.drift.find(({ parameter }) => parameter === "rewardScale")?.update;
  const factor = scale?.name === "cycle" ? scale.values[0] : 1;
  const episodes = await episodesOf(run);
  const score =
    windowedMean(episodes.step, episodes.return, Math.max(firstChange(env.drift), steps / 5), steps) / factor;
  const { random, best } = returns[env.id];
  return (score - random) / (best - random);
}

/** The longest memory minus the shortest in every setting, with Holm's p over all of them. */
export function compare(cells: readonly Cell[]): Comparison[] {
  const settingOf = ({ agent, environment, change, clip, optimizer }: Cell) =>
    JSON.stringify([agent, environment, change, clip ?? String(clip), optimizer]);
  const found = [...groupBy(cells, settingOf).values()].map((group) => {
    const sorted = [...group].sort((a, b) => a.decay - b.decay);
    const [short, long] = [sorted[0], sorted[sorted.length - 1]];
    return { short, long, ...compareMeans(long.scores, short.scores) };
  });
  const adjusted = holm(found.map(({ p }) => p));
  return found.map((one, k) => ({ ...one, p: adjusted[k] }));
}
