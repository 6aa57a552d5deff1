import { z } from "zod";
import { compareMeans, holm, type MeansComparison, studentInterval, windowedMean } from "../../src/stats/index.js";
import { colours } from "../parts/colours.js";
import type { Figure, Table, Verdict } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { intervals, marks } from "../parts/panel.js";
import { type CheckedRun, experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { number } from "../parts/text.js";
import { cartpoleNeeds, clipText } from "./cartpole-runs.js";
import { type AdaptationFound, isTold } from "./overview.js";
import { episodesOf } from "./tables.js";

const needs = cartpoleNeeds.extend({
  env: z.object({
    drift: z.tuple([z.object({ schedule: z.object({ steps: z.tuple([z.number(), z.number()]) }) })]),
  }),
  interventions: z.array(z.object({ do: z.string() })).default([]),
});
type ForgettingRun = CheckedRun<z.output<typeof needs>>;

/** CartPole whose force flips and flips back: what is forgotten meanwhile, beside a policy that was frozen. */
export const forgetting = experiment({
  needs: { forgetting: needs },
  async find({ forgetting: { runs } }): Promise<AdaptationFound> {
    const learners = await learnersOf(runs);
    const compared = comparisons(learners);
    return {
      verdicts: [verdict(compared)],
      sections: [
        {
          heading: "What is forgotten: the force flips, and flips back",
          figure: figure(learners, compared),
          content: [
            "Mean episode length just before the first flip, while flipped, and in the first 20 000 environment steps after the flip back. *Forgotten* is the last, of the same agent and seed frozen before the first flip, minus that of the agent that learned on. What the frozen policy keeps while flipped is its retention.",
            table(learners),
          ],
        },
      ],
    };
  },
});

/** Environment steps before the first flip and after the flip back over which a level is taken. */
const levelSteps = 20_000;

/** All seeds of one ρ and clip, beside the same frozen before the first flip; mean lengths of episodes, in steps. */
export interface Learner {
  readonly rho: number;
  readonly clip: number | null;
  readonly before: readonly number[];
  readonly flipped: readonly number[];
  readonly back: readonly number[];
  readonly frozenFlipped: readonly number[];
  readonly frozenBack: readonly number[];
  /** `frozenBack` minus `back` */
  readonly forgotten: readonly number[];
}

export async function learnersOf(runs: readonly ForgettingRun[]): Promise<Learner[]> {
  const groups = groupBy(runs, ({ config }) => JSON.stringify([config.agent.maxGradientNorm, config.optimizer.rho]));
  return Promise.all(
    [...groups.values()].map(async (group) => {
      const { agent, optimizer } = group[0].config;
      const of = async (frozen: boolean) => {
        const some = group.filter(({ config }) => config.interventions.some((one) => one.do === "freeze") === frozen);
        return Promise.all(some.sort((a, b) => a.seed - b.seed).map(levels));
      };
      const [learning, frozen] = [await of(false), await of(true)];
      return {
        rho: optimizer.rho,
        clip: agent.maxGradientNorm,
        before: learning.map(({ before }) => before),
        flipped: learning.map(({ flipped }) => flipped),
        back: learning.map(({ back }) => back),
        frozenFlipped: frozen.map(({ flipped }) => flipped),
        frozenBack: frozen.map(({ back }) => back),
        forgotten: learning.map(({ back }, i) => frozen[i].back - back),
      };
    }),
  );
}

async function levels(run: ForgettingRun) {
  const [{ schedule }] = run.config.env.drift;
  const [first, second] = schedule.steps;
  const { step, length } = await episodesOf(run);
  const of = (from: number, to: number) => windowedMean(step, length, from, to);
  return {
    before: of(Math.max(0, first - levelSteps), first),
    flipped: of(first, second),
    back: of(second, Math.min(run.config.steps, second + levelSteps)),
  };
}

/** The longest memory against the shortest under one clip. */
export interface Comparison extends MeansComparison {
  readonly clip: number | null;
  readonly short: Learner;
  readonly long: Learner;
}

/** How much more the longest memory forgets than the shortest; p is Holm's over the clips. */
export function comparisons(learners: readonly Learner[]): Comparison[] {
  const found = [...groupBy(learners, ({ clip }) => clip).values()].map((group) => {
    const sorted = [...group].sort((a, b) => a.rho - b.rho);
    const [short, long] = [sorted[0], sorted[sorted.length - 1]];
    return { clip: short.clip, short, long, ...compareMeans(long.forgotten, short.forgotten) };
  });
  const adjusted = holm(found.map(({ p }) => p));
  return found.map((one, k) => ({ ...one, p: adjusted[k] }));
}

function verdict(all: readonly Comparison[]): Verdict {
  const signs = all.map((one) => (isTold(one) ? Math.sign(one.difference.estimate) : 0));
  const decided = signs.every((sign) => sign === 0)
    ? "not distinguishable"
    : signs.every((sign) => sign > 0)
      ? "true"
      : signs.every((sign) => sign < 0)
        ? "false"
        : "depends";
  const list = all.map(
    ({ clip, difference, p, detectable, paired }) =>
      `${clipText(clip)} ${intervalText(difference, 3)} (p = ${number(p, 2)}, ${paired ? "paired" : "Welch"}, detectable ${number(detectable, 2)})`,
  );
  const [{ short, long }] = all;
  return {
    claim: "A long memory forgets more of what the agent knew before the change.",
    verdict: decided,
    because: `Forgotten at ρ = ${long.rho} minus at ρ = ${short.rho}, in steps of an episode after the force has flipped back, n = ${short.forgotten.length} seeds, 95 % intervals, Holm's p over ${all.length}: ${list.join("; ")}.`,
  };
}

const label = ({ rho, clip }: Learner) => `ρ = ${rho}, ${clipText(clip)}`;

function figure(learners: readonly Learner[], all: readonly Comparison[]): Figure {
  const kinds = [
    { name: "learned on", values: ({ back }: Learner) => back, colour: colours.blue, shape: "circle" },
    {
      name: "frozen before the flip",
      values: ({ frozenBack }: Learner) => frozenBack,
      colour: colours.vermillion,
      shape: "triangle",
    },
  ] as const;
  const parts = all.map(
    ({ clip, short, long }) =>
      `${number(studentInterval(short.forgotten).estimate, 2)} at ρ = ${short.rho} and ${number(studentInterval(long.forgotten).estimate, 2)} at ρ = ${long.rho} (${clipText(clip)})`,
  );
  return {
    file: "cartpole-forgetting.png",
    title: `CartPole: when the force flips back, the agent that learned on has lost ${parts.join(", ")} of its episodes' steps`,
    caption: `Mean episode length in the first ${number(levelSteps, 6)} environment steps after the flip back, with 95 % intervals over ${learners[0].back.length} seeds.`,
    columns: 1,
    panelWidth: 1000,
    panelHeight: 560,
    panels: [
      {
        title: "After the flip back",
        x: {
          title: "",
          min: -0.5,
          max: learners.length - 0.49,
          stepSize: 1,
          labels: learners.map(label),
          openEnds: true,
        },
        y: { title: "mean length of an episode (steps)", min: 0 },
        series: kinds.flatMap(({ name, values, colour, shape }, k) => {
          const x = (i: number) => i + 0.16 * (k - 0.5);
          const means = learners.map((one) => studentInterval(values(one)));
          return [
            ...intervals(
              means.map(({ low, high }, i) => ({ x: x(i), low, high })),
              colour,
            ),
            marks(
              name,
              means.map(({ estimate }, i) => ({ x: x(i), y: estimate })),
              colour,
              { shape, radius: 8 },
            ),
          ];
        }),
      },
    ],
  };
}

function table(learners: readonly Learner[]): Table {
  const text = (values: readonly number[]) => intervalText(studentInterval(values), 3);
  return {
    header: [
      "clip",
      "ρ",
      "before",
      "flipped, learning",
      "flipped, frozen",
      "back, learning",
      "back, frozen",
      "forgotten",
    ],
    rows: learners.map((one) => [
      clipText(one.clip),
      number(one.rho),
      text(one.before),
      text(one.flipped),
      text(one.frozenFlipped),
      text(one.back),
      text(one.frozenBack),
      text(one.forgotten),
    ]),
  };
}
