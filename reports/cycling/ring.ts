import { exp } from "../../src/math/elementary/exponential.js";
import { log } from "../../src/math/elementary/logarithm.js";
import { pairedDifference, signTest, tTest } from "../../src/stats/index.js";
import type { Table, Verdict } from "../parts/findings.js";
import { coverageOverTime, fewestTurns, leastCoherence, meanPath } from "../parts/game/motion.js";
import { samplesOf } from "../parts/game/tables.js";
import { intervalText } from "../parts/interval.js";
import { experiment } from "../parts/report.js";
import { groupBy, summaryNumber } from "../parts/select.js";
import { listText, number, rangeText, seedsText } from "../parts/text.js";
import { coverageFigure, meansFigure, samplesFigure, spectrumFigure } from "./ring-figures.js";
import { labelOf, type RingRow, type RingRun, ringNeeds, ringRows, roundCount } from "./ring-rows.js";

/** The 2D GAN on a ring of Gaussians: no closed form, the same measures. */
export const ring = experiment({
  needs: { ring: ringNeeds },
  async find({ ring: { runs, seeds } }) {
    const courses = await Promise.all(runs.map(async (run) => ({ run, path: await meanPath(run) })));
    const rows = ringRows(courses);
    const { game } = runs[0].config;
    const coverage = await Promise.all(
      [...groupBy(runs, labelOf)].map(async ([name, group]) => ({ name, coverage: await coverageOverTime(group) })),
    );
    const samples = await Promise.all(runs.filter(({ seed }) => seeds.slice(0, 2).includes(seed)).map(sampleOf));
    return {
      verdicts: [roundVerdict(rows), ...momentumVerdicts(rows)],
      sections: [
        {
          heading: "The ring GAN: the generator's mean",
          figure: meansFigure(courses, rows, game.radius),
          content: [
            `A mean goes round when, over the last half of its run, it makes at least ${fewestTurns} turns and at least ${number(100 * leastCoherence)} % of its turning goes one way (means of 25 steps, less a straight drift). Shares with Wilson's 95 % interval; the slow cycle's amplitude only of the seeds that go round, in data units (the ring's radius is ${game.radius}); chatter as geometric mean with its 95 % interval.`,
            motionTable(rows),
          ],
        },
        {
          heading: "The ring GAN: spectrum",
          figure: spectrumFigure(courses, rows),
          content: ["The chatter's amplitudes are in the table above."],
        },
        {
          heading: "The ring GAN: modes covered",
          figure: coverageFigure(coverage, rows, game.modes),
          content: [
            "At the end of training, mean and 95 % interval over the seeds; the ceiling of the high-quality share is 98.89 %.",
            qualityTable(rows),
          ],
        },
        {
          heading: "The ring GAN: samples",
          figure: samplesFigure(samples, game),
          content: ["Pictures of one or two seeds; the tables above hold the numbers over all seeds."],
        },
      ],
    };
  },
});

async function sampleOf(run: RingRun) {
  const { x, y } = await samplesOf(run);
  const [modes, highQuality] = ["modes", "highQuality"].map((field) => summaryNumber(run, `measured.${field}`));
  return { optimizer: labelOf(run), seed: run.seed, x, y, modes, highQuality };
}

const shareText = (row: RingRow) => `${roundCount(row)} of ${row.seeds.length}`;

function roundVerdict(rows: readonly RingRow[]): Verdict {
  const some = rows.filter((row) => roundCount(row) > 0);
  const all = rows.every((row) => roundCount(row) === row.seeds.length);
  const others = some.length < rows.length ? "; under the others none does" : "";
  return {
    claim: "In a real GAN the generator goes round.",
    verdict: some.length === 0 ? "false" : all ? "true" : "depends",
    because:
      some.length === 0
        ? `No seed of any of the ${rows.length} optimizers makes ${fewestTurns} turns one way.`
        : `It is a matter of the optimizer and of the seed: ${listText(some.map((row) => `${shareText(row)} seeds under ${row.optimizer}`))}${others}.`,
  };
}

/** Pairs of conditions that differ in β₁ alone: a smaller one, and 0.9. */
function momentumPairs(rows: readonly RingRow[]): { weak: RingRow; strong: RingRow }[] {
  return rows
    .filter(({ beta1 }) => beta1 === 0.9)
    .flatMap((strong) =>
      rows
        .filter((row) => row.beta1 < 0.9 && row.lr === strong.lr && row.beta2 === strong.beta2)
        .map((weak) => ({ weak, strong })),
    );
}

/** What β₁ = 0.9 does to chatter and to rotation, everything else equal, by the seeds' differences. */
function momentumVerdicts(rows: readonly RingRow[]): Verdict[] {
  const pairs = momentumPairs(rows);
  const chatter = pairs.map((pair) => ({ ...pair, ...chatterFall(pair.weak, pair.strong) }));
  const falls = chatter.filter(({ low }) => low > 1).length;
  const rises = chatter.filter(({ high }) => high < 1).length;
  const rotation = pairs
    .filter(({ weak, strong }) => roundCount(weak) + roundCount(strong) > 0)
    .map(({ weak, strong }) => {
      const differences = strong.round.map((round, i) => Number(round) - Number(weak.round[i]));
      return { weak, strong, ...signTest(differences) };
    });
  const more = rotation.filter(({ p, positive, negative }) => p < 0.05 && positive > negative).length;
  return [
    {
      claim: "In a real GAN momentum removes the chatter.",
      verdict: falls > 0 ? (rises > 0 ? "depends" : "true") : rises > 0 ? "false" : "not distinguishable",
      because: `In ${falls} of ${pairs.length} pairs of conditions the interval lies apart from no change. From a smaller β₁ to 0.9 at the same η and memory it falls by a factor of ${listText(chatter.map(({ weak, factor, low, high }) => `${number(factor, 2)} [${number(low, 2)}, ${number(high, 2)}] from ${weak.optimizer}`))} (geometric mean over the seeds' ratios, 95 % interval).`,
    },
    {
      claim: "In a real GAN momentum makes the generator go round.",
      verdict: rotation.length > 0 && more === rotation.length ? "true" : more > 0 ? "depends" : "not distinguishable",
      because:
        rotation.length === 0
          ? "No seed goes round under any two optimizers that differ in β₁ alone."
          : `At the same η and β₂, ${listText(rotation.map(({ weak, strong, p }) => `${shareText(strong)} seeds under ${strong.optimizer} against ${shareText(weak)} under ${weak.optimizer} (sign test over the seeds, p = ${number(p, 2)})`))}.`,
    },
  ];
}

/** By which factor chatter falls from one condition to another, over the seeds that have any in both. */
function chatterFall(weak: RingRow, strong: RingRow) {
  const logs = (row: RingRow) => row.chatterOfSeeds.map(log);
  const [a, b] = [logs(weak), logs(strong)];
  const both = a.map((_, i) => i).filter((i) => Number.isFinite(a[i] - b[i]));
  const unknown = { factor: Number.NaN, low: Number.NaN, high: Number.NaN };
  if (both.length < 2) return unknown;
  const { interval } = tTest(
    pairedDifference(
      both.map((i) => a[i]),
      both.map((i) => b[i]),
    ),
  );
  return { factor: exp(interval.estimate), low: exp(interval.low), high: exp(interval.high) };
}

function motionTable(rows: readonly RingRow[]): Table {
  return {
    header: [
      "optimizer (β₁, β₂)",
      "seeds",
      "diverged",
      "go round",
      "share",
      "turns, last half",
      "slow cycle of those",
      "chatter (period < 4)",
    ],
    rows: rows.map((row) => [
      row.optimizer,
      String(row.seeds.length),
      String(row.diverged),
      shareText(row),
      intervalText(row.share),
      turnsText(row),
      row.cycles.length === 0 ? "—" : rangeText(row.cycles, 3),
      intervalText(row.chatter),
    ]),
  };
}

function turnsText({ turns }: RingRow): string {
  const known = turns.filter(Number.isFinite);
  return known.length === 0 ? "—" : rangeText(known, 2);
}

function qualityTable(rows: readonly RingRow[]): Table {
  return {
    header: ["optimizer (β₁, β₂)", "seeds", "modes", "high quality %", "reverse KL"],
    rows: rows.map((row) => [
      row.optimizer,
      seedsText(row.seeds.length),
      intervalText(row.modes, 3),
      intervalText(row.highQuality, 3, 100),
      intervalText(row.reverseKl),
    ]),
  };
}
