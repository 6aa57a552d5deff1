import { z } from "zod";
import { compareMeans, holm, type MeansComparison } from "../../src/stats/index.js";
import type { CheckedRun } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { number } from "../parts/text.js";
import { type Adaptation, adaptationOf, cartpoleNeeds, changeAt, changeOf, clipText } from "./cartpole-runs.js";

const intervention = z.object({
  at: z.union([z.literal("change"), z.number(), z.object({ every: z.number() })]),
  after: z.number(),
  do: z.enum(["resetSquareAverage", "resetOptimizer", "restart", "freeze"]),
});
type Intervention = z.output<typeof intervention>;

/** What is read of the configuration of a run with interventions. */
export const interventionsNeeds = cartpoleNeeds.extend({ interventions: z.array(intervention).optional() });
type InterventionsRun = CheckedRun<z.output<typeof interventionsNeeds>>;

/** All seeds of one ρ with the same interventions. */
export interface Arm {
  readonly rho: number;
  /** clipping and change in words */
  readonly regime: string;
  readonly interventions: readonly Intervention[];
  /** `left alone`, `v reset 10 000 steps after the change` */
  readonly words: string;
  /** environment steps from the change to the end */
  readonly watched: number;
  /** in the order of the seeds */
  readonly seeds: readonly Adaptation[];
}

export const isRestart = ({ interventions }: Arm) => interventions.some((one) => one.do === "restart");
export const isFrozen = ({ interventions }: Arm) => interventions.some((one) => one.do === "freeze");
export const isLeftAlone = ({ interventions }: Arm) => interventions.length === 0;

const doings: Record<Intervention["do"], string> = {
  resetSquareAverage: "v reset",
  resetOptimizer: "optimizer reset",
  restart: "restarted",
  freeze: "frozen",
};

/** An intervention in words. */
function wordsOf({ at, after, do: doing }: Intervention): string {
  if (typeof at === "object") return `${doings[doing]} every ${number(at.every, 6)} steps`;
  const moment = at === "change" ? "the change" : `step ${number(at, 6)}`;
  return `${doings[doing]} ${after > 0 ? `${number(after, 6)} steps after` : "at"} ${moment}`;
}

/** Shorter memories first; of each the learner left alone first. */
export async function armsOf(runs: readonly InterventionsRun[]): Promise<Arm[]> {
  const at = changeAt(runs);
  const key = ({ config: { optimizer, interventions } }: InterventionsRun) =>
    JSON.stringify([optimizer.rho, interventions ?? []]);
  const arms = await Promise.all(
    [...groupBy(runs, key).values()].map(async (group) => {
      const { config } = group[0];
      const { optimizer, agent, steps, interventions = [] } = config;
      const bySeed = [...group].sort((a, b) => a.seed - b.seed);
      return {
        rho: optimizer.rho,
        regime: `${clipText(agent.maxGradientNorm)}, ${changeOf(config)}`,
        interventions,
        words: interventions.length === 0 ? "left alone" : interventions.map(wordsOf).join(" and "),
        watched: steps - at,
        seeds: await Promise.all(bySeed.map((run) => adaptationOf(run, at))),
      };
    }),
  );
  return arms.sort((a, b) => a.rho - b.rho || Number(isLeftAlone(b)) - Number(isLeftAlone(a)));
}

/** What an intervention gains over the learner left alone. */
export interface Cure {
  readonly arm: Arm;
  /** of the scores, with the intervention minus left alone; p is Holm's over all interventions */
  readonly gain: MeansComparison;
}

/** Of all interventions but the frozen policy, which is a reference and no cure. */
export function cures(arms: readonly Arm[]): Cure[] {
  const scores = ({ seeds }: Arm) => seeds.map(({ score }) => score);
  const found = arms.flatMap((arm) => {
    const alone = arms.find((one) => one.rho === arm.rho && isLeftAlone(one));
    if (alone === undefined || arm === alone || isFrozen(arm)) return [];
    return [{ arm, gain: compareMeans(scores(arm), scores(alone)) }];
  });
  const adjusted = holm(found.map(({ gain }) => gain.p));
  return found.map((one, k) => ({ ...one, gain: { ...one.gain, p: adjusted[k] } }));
}
