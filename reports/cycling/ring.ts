import { InputError } from "../../src/config/input-error.js";
import type { Table, Verdict } from "../parts/findings.js";
import { coverageOverTime, meanPath } from "../parts/game/motion.js";
import { samplesOf } from "../parts/game/tables.js";
import { intervalText } from "../parts/interval.js";
import { experiment } from "../parts/report.js";
import { groupBy, summaryNumber } from "../parts/select.js";
import { number } from "../parts/text.js";
import { coverageFigure, meansFigure, samplesFigure, spectrumFigure } from "./ring-figures.js";
import { goesRound, labelOf, type RingRow, type RingRun, ringNeeds, ringRows } from "./ring-rows.js";

/** The 2D GAN on a ring of Gaussians: no closed form, the same measures. */
export const ring = experiment({
  needs: { ring: ringNeeds },
  async find({ ring: { runs, seeds } }) {
    const rows = ringRows(runs);
    const { game } = runs[0].config;
    const courses = await Promise.all([...groupBy(runs, labelOf)].map(courseOf));
    const samples = await Promise.all(runs.filter(({ seed }) => seed === seeds[0]).map(sampleOf));
    return {
      verdicts: [verdict(rows, game.radius)],
      sections: [
        {
          heading: "The ring GAN: the generator's mean",
          figure: meansFigure(courses, rows, game.radius),
          content: [
            `Amplitudes over the last half of each run, mean and 95 % interval (Student's t) over the seeds, in data units; the ring's radius is ${game.radius}.`,
            motionTable(rows),
          ],
        },
        {
          heading: "The ring GAN: spectrum",
          figure: spectrumFigure(courses, rows),
          content: ["The bands' amplitudes are in the table above."],
        },
        {
          heading: "The ring GAN: modes covered",
          figure: coverageFigure(courses, rows, game.modes),
          content: [
            "At the end of training, mean and 95 % interval over the seeds; the ceiling of the high-quality share is 98.89 %.",
            qualityTable(rows),
          ],
        },
        {
          heading: "The ring GAN: samples",
          figure: samplesFigure(samples, game),
          content: ["A picture of one seed each; the tables above hold the numbers over all seeds."],
        },
      ],
    };
  },
});

async function courseOf([optimizer, runs]: readonly [string, readonly RingRun[]]) {
  const [paths, coverage] = await Promise.all([Promise.all(runs.map(meanPath)), coverageOverTime(runs)]);
  return { optimizer, paths, coverage };
}

async function sampleOf(run: RingRun) {
  const { x, y } = await samplesOf(run);
  const [modes, highQuality] = ["modes", "highQuality"].map((field) => summaryNumber(run, `measured.${field}`));
  return { optimizer: labelOf(run), seed: run.seed, x, y, modes, highQuality };
}

function verdict(rows: readonly RingRow[], radius: number): Verdict {
  const without = rowWhere(rows, "no momentum", ({ beta1 }) => beta1 === 0);
  const fast = rowWhere(rows, "β₁ = 0.9 at the same η", ({ beta1, lr }) => beta1 === 0.9 && lr === without.lr);
  const slow = rowWhere(rows, "β₁ = β₂ = 0.9", ({ beta1, beta2 }) => beta1 === 0.9 && beta2 === 0.9);
  const ratio = without.chatter.estimate / fast.chatter.estimate;
  const chatterFalls = fast.chatter.high < without.chatter.low;
  const rotates = goesRound(slow, radius);
  return {
    claim: "In a real GAN momentum removes the oscillation.",
    verdict: rotates ? (chatterFalls ? "depends" : "false") : chatterFalls ? "true" : "not distinguishable",
    because: `Chatter: from RMSprop to Adam β₁ = 0.9 at the same η the amplitude changes ${number(ratio, 2)}-fold downward, intervals ${chatterFalls ? "apart" : "overlapping"}. Rotation: with β₁ = β₂ = 0.9 at its small η the generator's mean ${rotates ? "goes round slowly" : "does not go round"}, amplitude up to ${number(slow.slowest, 2)} over ${slow.seeds} seeds.`,
  };
}

function rowWhere(rows: readonly RingRow[], condition: string, matches: (row: RingRow) => boolean): RingRow {
  const found = rows.find(matches);
  if (found === undefined)
    throw new InputError(`the report needs a condition of the experiment ring with ${condition}`);
  return found;
}

function motionTable(rows: readonly RingRow[]): Table {
  return {
    header: [
      "optimizer",
      "seeds",
      "diverged",
      "chatter (period < 4)",
      "slow cycle (period > 50)",
      "largest slow cycle",
    ],
    rows: rows.map((row) => [
      row.optimizer,
      String(row.seeds),
      String(row.diverged),
      intervalText(row.chatter),
      intervalText(row.slowCycle),
      number(row.slowest, 3),
    ]),
  };
}

function qualityTable(rows: readonly RingRow[]): Table {
  return {
    header: ["optimizer", "seeds", "modes", "high quality %", "reverse KL"],
    rows: rows.map((row) => [
      row.optimizer,
      String(row.seeds),
      intervalText(row.modes, 3),
      intervalText(row.highQuality, 3, 100),
      intervalText(row.reverseKl),
    ]),
  };
}
