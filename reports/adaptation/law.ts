import { updatesLost } from "../../src/theory/bandit-recovery.js";
import { memory } from "../../src/theory/rmsprop-response.js";
import type { Table, Verdict } from "../parts/findings.js";
import { experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { listText, number } from "../parts/text.js";
import { delayFigure, memoryFigure } from "./law-figures.js";
import { type LawRuns, lawNeeds, type Recovery, recoveries } from "./law-measures.js";
import type { AdaptationFound } from "./overview.js";

/**
 * REINFORCE on a continuous bandit whose target moves, and whose reward may have been rescaled before: the time to
 * recover against RMSprop's memory, beside its mean field.
 */
export const law = experiment({
  needs: { law: lawNeeds },
  async find({ law: { runs } }): Promise<AdaptationFound> {
    const all = await recoveries(runs);
    const delays = [...new Set(all.map(({ delay }) => delay))];
    return {
      explanations: [freezing(all)],
      verdicts: [agreement(all, runs), direction(all), resetting(all), ...(delays.length > 1 ? [waiting(all)] : [])],
      sections: [
        {
          heading: "REINFORCE on a continuous bandit: the law",
          figure: memoryFigure(all),
          content: [
            "κ is the root-mean-square gradient after the change over the one before it, M = 1/(1 − ρ). The mean field follows E v, Var v and the distance, update by update (`src/theory/bandit-recovery.ts`). D = 2M ln((1 + 1/κ)/2) are the updates lost to the memory of a larger gradient if κ stayed as it is at the move.",
            table(all.filter(({ delay }) => delay === 0)),
          ],
        },
        ...(delays.length > 1
          ? [
              {
                heading: "Time heals: the scale falls first, the target moves later",
                figure: delayFigure(all),
                content: [],
              },
            ]
          : []),
      ],
    };
  },
});

/** Who freezes, and why, for the first screen. */
function freezing(all: readonly Recovery[]): string {
  const now = all.filter(({ delay }) => delay === 0);
  const slowest = now.reduce((a, b) => (b.median > a.median ? b : a));
  const reset = now.find(({ rho, scale, reset }) => reset && rho === slowest.rho && scale === slowest.scale);
  const shortest = kept(all, 0)
    .filter(({ scale }) => scale === slowest.scale)
    .reduce((a, b) => (b.rho < a.rho ? b : a));
  const cured = reset === undefined ? "" : `; with v reset at the change after ${number(reset.median)}`;
  return `**What freezes, and why.** A memory of gradients that are larger than those to come: v stays large, and steps stay small for D = 2M ln((1 + 1/κ)/2) updates (M = 1/(1 − ρ), κ the gradient after over before). Where κ = ${number(slowest.kappa, 2)}, half of a bandit's learners have recovered after ${number(slowest.median)} updates at ρ = ${slowest.rho} and after ${number(shortest.median)} at ρ = ${shortest.rho}${cured}. ${directionText(all)}`;
}

const error = ({ median, predicted }: Recovery) => Math.abs(median / predicted - 1);

/** A difference that rounding to whole updates cannot make. */
const isOff = (found: Recovery) => !(Math.abs(found.median - found.predicted) <= Math.max(1, 0.03 * found.predicted));

function agreement(all: readonly Recovery[], runs: LawRuns): Verdict {
  const worst = all.reduce((a, b) => (error(b) > error(a) || Number.isNaN(b.median) ? b : a));
  const off = all.filter(isOff).length;
  return {
    claim: "The mean-field recursion of v and of the distance gives the median time to recover to 3 %.",
    verdict: off === 0 ? "true" : "false",
    because: `${all.length} conditions, ${runs[0].config.problem.replicates} learners each; ${off === 0 ? "none" : off} off by more than 3 % and one update. The worst: ${number(worst.median)} updates against ${number(worst.predicted)} at ρ = ${worst.rho}, reward × ${number(worst.scale)}, delay ${worst.delay}${worst.reset ? ", v reset" : ""}.`,
  };
}

const kept = (all: readonly Recovery[], delay: number) => all.filter((one) => !one.reset && one.delay === delay);

/** Whether the longest memory is slower than the shortest, their intervals apart; undefined where they meet. */
function longIsSlower(group: readonly Recovery[]): boolean | undefined {
  const sorted = [...group].sort((a, b) => a.rho - b.rho);
  const [short, long] = [sorted[0], sorted[sorted.length - 1]];
  if (long.low > short.high) return true;
  return long.high < short.low ? false : undefined;
}

/** The changes after which the longest memory is slower than the shortest, and faster, by falling κ. */
function directions(all: readonly Recovery[]) {
  const groups = [...groupBy(kept(all, 0), ({ scale }) => scale).values()].sort((a, b) => b[0].kappa - a[0].kappa);
  const slower = groups.filter((group) => longIsSlower(group) === true);
  const faster = groups.filter((group) => longIsSlower(group) === false);
  return { groups, slower, faster };
}

/** `A long memory is faster at κ = …, slower at κ = … (95 % intervals of the medians apart).` */
function directionText(all: readonly Recovery[]): string {
  const { slower, faster } = directions(all);
  const list = (some: typeof slower) => listText(some.map(([{ kappa }]) => number(kappa, 2)));
  return `A long memory is faster at κ = ${list(faster)}, slower at κ = ${list(slower)} (95 % intervals of the medians apart).`;
}

function direction(all: readonly Recovery[]): Verdict {
  const { groups, slower, faster } = directions(all);
  const rhos = [...new Set(groups.flatMap((group) => group.map(({ rho }) => rho)))].sort();
  const rows = groups.map((group) => {
    const medians = [...group].sort((a, b) => a.rho - b.rho).map(({ median }) => number(median));
    return `κ = ${number(group[0].kappa, 2)}: ${medians.join("/")}`;
  });
  return {
    claim: "The longer RMSprop's memory, the longer a policy takes to recover after a change.",
    verdict: slower.length > 0 && faster.length > 0 ? "depends" : slower.length > 0 ? "true" : "false",
    because: `On the gradient, which the change makes larger or smaller. Median updates at ρ = ${rhos.join("/")}: ${rows.join("; ")}. ${directionText(all)}`,
  };
}

function resetting(all: readonly Recovery[]): Verdict {
  const spread = (some: readonly Recovery[]) => {
    const ratios = [...groupBy(some, ({ rho }) => rho).values()].map((group) => {
      const medians = group.map(({ median }) => median);
      return Math.max(...medians) / Math.min(...medians);
    });
    return Math.max(...ratios);
  };
  const [before, after] = [spread(kept(all, 0)), spread(all.filter(({ reset, delay }) => reset && delay === 0))];
  return {
    claim: "What the reward's scale was before decides how long recovery takes, by way of v: reset v, and it does not.",
    verdict: after < 1.1 && before > 1.5 ? "true" : "false",
    because: `From reward × ${number(Math.max(...all.map(({ scale }) => scale)))} to × ${number(Math.min(...all.map(({ scale }) => scale)))} the median differs up to ${number(before, 2)}-fold at one ρ; with v reset when the target moves, and corrected for its start, up to ${number(after, 3)}-fold.`,
  };
}

function waiting(all: readonly Recovery[]): Verdict {
  const scale = Math.min(...all.map((one) => one.scale));
  const delays = [...new Set(all.map(({ delay }) => delay))].sort((a, b) => a - b);
  const winners = delays.map((delay) => ({
    delay,
    slower: longIsSlower(kept(all, delay).filter((one) => one.scale === scale)),
  }));
  const flips = winners.some(({ slower }) => slower === true) && winners.some(({ slower }) => slower === false);
  const text = winners.map(
    ({ delay, slower }) =>
      `${delay}: ${slower === undefined ? "no difference" : slower ? "the short memory" : "the long memory"}`,
  );
  return {
    claim: "A memory of larger gradients fades: after some memories of waiting the long memory recovers first again.",
    verdict: flips ? "true" : "false",
    because: `Reward × ${number(scale)} first, target moved so many updates later; who recovers first: ${text.join(", ")}.`,
  };
}

function table(some: readonly Recovery[]): Table {
  return {
    header: ["reward ×", "κ", "v", "ρ", "memory", "recovered after, median", "95 %", "mean field", "D"],
    rows: some.map(({ scale, kappa, reset, rho, median, low, high, predicted }) => [
      number(scale),
      number(kappa, 3),
      reset ? "reset" : "kept",
      number(rho),
      number(memory(rho)),
      number(median),
      `${number(low)}–${number(high)}`,
      number(predicted),
      reset || kappa >= 1 ? "—" : number(updatesLost(rho, kappa), 3),
    ]),
  };
}
