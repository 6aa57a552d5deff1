import { mean } from "../../src/stats/index.js";
import type { Table, Verdict } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { experiment } from "../parts/report.js";
import { listText, number, rangeText } from "../parts/text.js";
import { tuningSection } from "../parts/tuning/section.js";
import { type AdaptationFound, type Effect, isTold } from "./overview.js";
import { kindText, type MappedRidge, mapText, periodsFigure } from "./periods-figure.js";
import {
  type Choice,
  type Contrast,
  contrasts,
  type Interaction,
  interactions,
  matched,
  matchingPays,
  periodsNeeds,
  regretMaps,
  ridgeOf,
} from "./periods-measures.js";

const level = 0.05;

/** Which memory suits which period of a change that comes again and again, sudden or smooth. */
export const periods = experiment({
  needs: { periods: periodsNeeds },
  async find({ periods: { runs, tuning } }): Promise<AdaptationFound> {
    const maps = await regretMaps(runs);
    const ridges = maps.map((map) => ({ map, ridge: ridgeOf(map, 1 - level / maps.length) }));
    const choices = matchingPays(maps);
    const compared = contrasts(maps);
    const smooth = interactions(maps);
    return {
      verdicts: [ridgeVerdict(ridges), choiceVerdict(choices), ...(smooth.length > 0 ? [smoothVerdict(smooth)] : [])],
      effects: compared.filter(isExtreme).map(effectOf),
      explanations: [`A change that comes again and again: ${lowerFirst(title(ridges))}.`],
      sections: [
        {
          heading: "A change that comes again and again: which memory suits which period",
          figure: periodsFigure(ridges, title(ridges)),
          content: [
            `The force flips every P steps, or swings as a sine that crosses zero every P steps. Memory: 1/(1 − ρ) updates, in environment steps. Each memory and clip has the learning rate that does best without a change, tuned on other seeds. The ridge's exponent s is that of best memory ∝ period^s; its intervals are the bootstrap's over seeds at the level ${number(1 - level / maps.length)}, which keeps all ${maps.length} at 95 % together. The bootstrap of a best among few is coarse, and with ten seeds somewhat too narrow: the shares say how often each memory won.`,
            ridgeTable(ridges),
            contrastTable(compared),
          ],
        },
        ...(tuning === undefined ? [] : [tuningSection("periods", tuning)]),
      ],
    };
  },
});

const exponentText = ({ ridge: { exponent } }: MappedRidge) => intervalText(exponent, 2);

const holds = (value: number, { ridge: { exponent } }: MappedRidge) => exponent.low <= value && value <= exponent.high;
const isRefuted = (one: MappedRidge) => !holds(one.ridge.textbook, one);

function title(ridges: readonly MappedRidge[]): string {
  const exponents = rangeText(ridges.map(({ ridge }) => ridge.exponent.estimate));
  const refuted = ridges.filter(isRefuted).length;
  return `The best memory goes as the period to the power ${exponents}; the textbook's ${number(ridges[0].ridge.textbook, 2)} is refuted in ${refuted} of ${ridges.length} maps`;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function ridgeVerdict(ridges: readonly MappedRidge[]): Verdict {
  const refuted = ridges.filter(isRefuted);
  const shown = ridges.filter((one) => !isRefuted(one) && !holds(0, one));
  const widest = Math.max(...ridges.map(({ ridge: { exponent } }) => exponent.high - exponent.low));
  const decided = () => {
    if (refuted.length === ridges.length) return "false";
    if (shown.length === ridges.length) return "true";
    return refuted.length > 0 && shown.length > 0 ? "depends" : "not distinguishable";
  };
  return {
    claim: "The memory that suits a change grows in proportion to its period: match the memory to the period.",
    verdict: decided(),
    because: `CartPole under A2C; n = ${ridges[0].map.cells[0][0].regrets.length} seeds. Exponent of the best memory in the period, ${number(ridges[0].ridge.textbook, 2)} in the claim on this grid of memories, 0 where the period does not matter, with ${ridges.length} intervals that hold together at 95 %: ${ridges.map((one) => `${mapText(one.map)} ${exponentText(one)}`).join("; ")}. The claim's exponent lies outside of the interval in ${refuted.length} of ${ridges.length}, inside with 0 outside in ${shown.length}. The widest interval is ${number(widest, 2)} wide: a smaller departure would not show there.`,
  };
}

function choiceVerdict(choices: readonly Choice[]): Verdict {
  const told = choices.filter(isTold);
  const [pays, costs] = [
    told.filter(({ difference }) => difference.estimate < 0),
    told.filter(({ difference }) => difference.estimate > 0),
  ];
  const text = ({ map, against, difference, p }: Choice) =>
    `${mapText(map)}, against the ${against}: ${intervalText(difference, 3)} (p = ${number(p, 2)})`;
  const detectable = choices.map((one) => one.detectable);
  const decided = () => {
    if (told.length === 0) return "not distinguishable";
    if (pays.length === choices.length) return "true";
    return pays.length === 0 ? "false" : "depends";
  };
  return {
    claim:
      "A memory as long as the period has less regret than one memory for all periods, the shortest or the longest.",
    verdict: decided(),
    because: `Regret at the memory nearest to each period minus at the same memory throughout, mean over the periods; 95 % intervals, Holm's p over ${choices.length}: ${choices.map(text).join("; ")}. Matching gains in ${pays.length}, loses in ${costs.length}. A single test could have seen ${number(Math.min(...detectable), 2)} to ${number(Math.max(...detectable), 2)}.`,
  };
}

function smoothVerdict(found: readonly Interaction[]): Verdict {
  const signs = found.filter(isTold).map(({ difference }) => Math.sign(difference.estimate));
  const decided = () => {
    if (signs.length === 0) return "not distinguishable";
    if (signs.length < found.length || new Set(signs).size > 1) return "depends";
    return signs[0] > 0 ? "true" : "false";
  };
  const text = ({ clip, difference, p, detectable }: Interaction) =>
    `${clip === null ? "no clipping" : `clipped at ${number(clip)}`} ${intervalText(difference, 3)} (p = ${number(p, 2)}, detectable ${number(detectable, 2)})`;
  return {
    claim: "A long memory suits smooth change, a short one sudden change.",
    verdict: decided(),
    because: `What the longest memory gains over the shortest where the force swings as a sine, minus the same where it flips, in regret per episode, mean over the periods: ${listText(found.map(text))}. Holm's p over ${found.length}.`,
  };
}

/** Of the shortest or the longest period: what lies between is in the table. */
function isExtreme({ short: { period } }: Contrast, _: number, all: readonly Contrast[]): boolean {
  const some = all.map(({ short }) => short.period);
  return period === Math.min(...some) || period === Math.max(...some);
}

function effectOf({ short, long, difference, p, detectable }: Contrast): Effect {
  return {
    agent: "A2C on CartPole",
    change: `${kindText[short.kind]}, period ${number(short.period, 6)} steps`,
    clipping: short.clip === null ? "none" : `norm ${number(short.clip)}`,
    short: `ρ = ${short.rho}`,
    long: `ρ = ${long.rho}`,
    measure: "episode length",
    seeds: short.regrets.length,
    ...{ difference, p, detectable },
  };
}

function ridgeTable(ridges: readonly MappedRidge[]): Table {
  return {
    header: [
      "change",
      "period",
      "nearest memory",
      "best memory",
      "how often each was best",
      "regret there",
      "exponent",
    ],
    rows: ridges.flatMap((one) => {
      const { map, ridge } = one;
      return map.periods.map((period, k) => {
        const best = map.cells[k][ridge.best[k]];
        return [
          mapText(map),
          number(period, 6),
          number(map.memories[matched(map.memories, period)], 3),
          number(best.memory, 3),
          ridge.shares[k].map((share, i) => `ρ = ${map.cells[k][i].rho}: ${number(100 * share, 2)} %`).join(", "),
          number(mean(best.regrets), 3),
          k === 0 ? exponentText(one) : "",
        ];
      });
    }),
  };
}

function contrastTable(all: readonly Contrast[]): Table {
  return {
    header: ["change", "period", "long − short memory [95 %]", "Holm's p", "test", "correlation", "detectable", "η"],
    rows: all.map(({ short, long, difference, p, paired, correlation, detectable }) => [
      mapText(short),
      number(short.period, 6),
      intervalText(difference, 3),
      number(p, 2),
      paired ? "paired" : "Welch",
      number(correlation, 2),
      number(detectable, 2),
      `${number(long.lr)}, ${number(short.lr)}`,
    ]),
  };
}
