import { type MeansComparison, studentInterval } from "../../src/stats/index.js";
import { meanWindows } from "../../src/stats/windowed-mean.js";
import type { Table, Verdict } from "../parts/findings.js";
import { intervalText } from "../parts/interval.js";
import { experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { listText, number, rangeText } from "../parts/text.js";
import { tuningSection } from "../parts/tuning/section.js";
import { type Cell, type Contrast, cellsOf, contrasts, scores, type Turn, turns } from "./cartpole-measures.js";
import {
  cartpoleNeeds,
  clipText,
  collapsedBelow,
  longest,
  meanTimeOf,
  recoveryEpisodes,
  reference,
} from "./cartpole-runs.js";
import { type AdaptationFound, type Effect, isTold } from "./overview.js";
import { signChart } from "./sign-chart.js";
import { traceFigure } from "./trace-figure.js";
import { traces } from "./trace-measures.js";

/** CartPole whose force or reward changes: which memory recovers better, with and without clipping. */
export const cartpole = experiment({
  needs: { cartpole: cartpoleNeeds },
  async find({ cartpole: { runs, tuning } }): Promise<AdaptationFound> {
    const cells = await cellsOf(runs);
    const compared = contrasts(cells);
    const turned = turns(compared);
    const traced = await traces(runs);
    return {
      effects: compared.map(effectOf),
      explanations: [clipExplanation(compared, cells, turned)],
      verdicts: [
        memoryVerdict(compared),
        ...(turned.length === 0 ? [] : [changedVerdict(turned), turnedVerdict(compared)]),
      ],
      sections: [
        {
          heading: "CartPole: which memory recovers better, by change and clipping",
          figure: signChart(compared, turned),
          content: [
            `Score: mean episode length (at most ${longest}) in ${meanWindows} equal windows from the change to the end, averaged; regret is ${longest} minus that. *Net* is the score minus that of the same agent and seed without a change. Every ρ and clip has its own learning rate, tuned on other seeds without a change. Seeds are paired where their values correlate by more than 0.3, else Welch's test; p of net scores is Holm's over all ${compared.length} changes and clips, and so is the log-rank test's of the times.`,
            contrastTable(compared),
            `Before: mean length just before the change; first: that of the first ${recoveryEpisodes} episodes after it, so the drop at once is their difference, and what follows is recovery. From scratch: as many steps from the beginning of the same run, a learner without a past. Recovered: ${recoveryEpisodes} episodes in a row last ${reference} steps on average; the restricted mean time counts to the end of the watching. Collapsed: less than ${collapsedBelow} steps in the last tenth.`,
            cellTable(cells),
          ],
        },
        {
          heading: "CartPole: gradient, √v and step around the change",
          figure: traceFigure(traced),
          content: [],
        },
        ...(tuning === undefined ? [] : [tuningSection("cartpole", tuning)]),
      ],
    };
  },
});

/** −1 where the long memory scores lower, 1 where higher, 0 where that cannot be told. */
const signOf = (one: MeansComparison) => (isTold(one) ? Math.sign(one.difference.estimate) : 0);
const text = ({ clip, change, net }: Contrast) =>
  `${clipText(clip)}, ${change}: ${intervalText(net.difference, 3)} (p = ${number(net.p, 2)})`;

function effectOf({ clip, change, short, long, net }: Contrast): Effect {
  return {
    agent: "A2C on CartPole",
    change,
    clipping: clip === null ? "none" : `norm ${number(clip)}`,
    short: `ρ = ${short.rho}`,
    long: `ρ = ${long.rho}`,
    difference: net.difference,
    measure: "episode length, net of no change",
    seeds: short.seeds.length,
    p: net.p,
    detectable: net.detectable,
  };
}

function memoryVerdict(all: readonly Contrast[]): Verdict {
  const signs = all.map(({ net }) => signOf(net));
  const [worse, better] = [signs.includes(-1), signs.includes(1)];
  const [{ short, long }] = all;
  const detectable = all.map(({ net }) => net.detectable);
  const untold = signs.includes(0);
  return {
    claim: "After a change, CartPole under A2C performs worse the longer RMSprop's memory.",
    verdict:
      !worse && !better
        ? "not distinguishable"
        : worse && !better && !untold
          ? "true"
          : better && !worse && !untold
            ? "false"
            : "depends",
    because: `Net score at ρ = ${long.rho} minus at ρ = ${short.rho}, each at its own tuned learning rate, n = ${short.seeds.length} seeds, 95 % intervals, Holm's p over ${all.length}: ${all.map(text).join("; ")}. A single test could have seen ${number(Math.min(...detectable), 2)} to ${number(Math.max(...detectable), 2)}.`,
  };
}

/** What clipping does to a long memory's advantage: a difference of differences. */
function changedVerdict(all: readonly Turn[]): Verdict {
  const signs = all.map(({ gained }) => signOf(gained));
  const [up, down] = [signs.filter((sign) => sign === 1).length, signs.includes(-1)];
  const texts = all.map(
    ({ change, gained }) =>
      `${change} ${intervalText(gained.difference, 3)} (p = ${number(gained.p, 2)}, detectable ${number(gained.detectable, 2)})`,
  );
  return {
    claim: "Clipping the gradient's norm at 0.5, as is usual, favours a long memory after a change.",
    verdict: up === all.length ? "true" : up > 0 ? "depends" : down ? "false" : "not distinguishable",
    because: `CartPole under A2C, score after the change; long minus short memory with clipping, minus the same without, at learning rates tuned for each: ${texts.join("; ")}. Holm's p over ${all.length}.`,
  };
}

function turnedVerdict(all: readonly Contrast[]): Verdict {
  const changes = [...groupBy(all, ({ change }) => change)];
  const having = (sign: (one: Contrast) => number) =>
    changes.filter(([, group]) => {
      const signs = group.map(sign);
      return signs.includes(-1) && signs.includes(1);
    });
  const reversed = having(({ plain }) => signOf(plain));
  const opposite = having(({ plain }) => Math.sign(plain.difference.estimate));
  const scoresText = all.map(
    ({ clip, change, plain }) =>
      `${clipText(clip)}, ${change}: ${intervalText(plain.difference, 3)} (p = ${number(plain.p, 2)}, detectable ${number(plain.detectable, 2)})`,
  );
  const names = (some: typeof changes) => listText(some.map(([change]) => `“${change}”`));
  return {
    claim: "Clipping at 0.5 turns the sign of what a longer memory does after a change.",
    verdict: reversed.length === changes.length ? "true" : reversed.length > 0 ? "depends" : "not distinguishable",
    because: `Score after the change, not net, long minus short memory, Holm's p over ${all.length}: ${scoresText.join("; ")}. ${
      reversed.length > 0
        ? `Both signs are beyond chance after ${names(reversed)}, ${reversed.length} of ${changes.length}; the clip alone differs, and the learning rate, which is tuned for each.`
        : opposite.length > 0
          ? `Estimates have opposite signs after ${names(opposite)}, but not both beyond chance.`
          : `No change has estimates of both signs; n = ${all[0].short.seeds.length}.`
    }`,
  };
}

function clipExplanation(all: readonly Contrast[], cells: readonly Cell[], turned: readonly Turn[]): string {
  const clips = [...groupBy(all, ({ clip }) => clip)].map(([clip, group]) => {
    const of = (key: "plain" | "net") => rangeText(group.map((one) => one[key].difference.estimate));
    const shares = cells.filter((cell) => cell.clip === clip).map(({ clipped }) => 100 * clipped);
    return `${clipText(clip)}, where ${rangeText(shares)} % of updates after the change are clipped, the long memory changes the score by ${of("plain")}, and net of no change by ${of("net")}`;
  });
  const gains = turned.map(({ change, gained }) => `${intervalText(gained.difference, 3)} (${change})`);
  const difference =
    gains.length === 0
      ? ""
      : ` The clip adds ${listText(gains)} to what the long memory scores against the short one, ${turned.filter(({ gained }) => isTold(gained)).length} of ${gains.length} beyond chance.`;
  return `**Clipping.** On CartPole under A2C: ${clips.join("; ")}.${difference}`;
}

function contrastTable(all: readonly Contrast[]): Table {
  return {
    header: [
      "clip",
      "change",
      "net score, long − short",
      "p",
      "test",
      "correlation",
      "detectable",
      "score, long − short",
      "its p",
      "time to recover, long − short",
      "log-rank p",
    ],
    rows: all.map(({ clip, change, net, plain, time, timeP }) => [
      clipText(clip),
      change,
      intervalText(net.difference, 3),
      number(net.p, 2),
      net.paired ? "paired" : "Welch",
      number(net.correlation, 2),
      number(net.detectable, 2),
      intervalText(plain.difference, 3),
      number(plain.p, 2),
      intervalText(time, 3),
      number(timeP, 2),
    ]),
  };
}

function cellTable(cells: readonly Cell[]): Table {
  const of = (cell: Cell, key: "before" | "first" | "scratch") =>
    intervalText(studentInterval(cell.seeds.map((seed) => seed[key])), 3);
  return {
    header: [
      "clip",
      "change",
      "ρ",
      "tuned η",
      "before",
      "first",
      "score [95 %]",
      "net",
      "from scratch",
      "recovered",
      "mean time to recover",
      "collapsed",
      "clipped",
    ],
    rows: cells.map((cell) => [
      clipText(cell.clip),
      cell.change,
      number(cell.rho),
      number(cell.lr),
      of(cell, "before"),
      of(cell, "first"),
      intervalText(studentInterval(scores(cell)), 3),
      intervalText(studentInterval(cell.net), 3),
      of(cell, "scratch"),
      `${cell.seeds.filter(({ time }) => time.observed).length} of ${cell.seeds.length}`,
      intervalText(meanTimeOf(cell.seeds, cell.watched), 3),
      `${cell.seeds.filter(({ collapsed }) => collapsed).length} of ${cell.seeds.length}`,
      `${number(100 * cell.clipped, 2)} %`,
    ]),
  };
}
