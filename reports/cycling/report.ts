import type { Run, Study } from "../../src/study/read.js";
import { meanPath, modesOverTime } from "../game/measures.js";
import { intervalText } from "../interval.js";
import { number, table } from "../markdown.js";
import type { Findings, Report, Verdict } from "../report.js";
import { experiment, groupBy } from "../select.js";
import {
  adaptivePortraits,
  agreement,
  linearPortraits,
  ringCoverage,
  ringMeans,
  ringSamples,
  ringSpectrum,
} from "./figures.js";
import { type BilinearRow, bilinearRows, largestError, type RingRow, ringRows } from "./measures.js";

export const cyclingReport: Report = {
  name: "cycling",
  title: "Cycling: do the players go round?",
  needs: ["linear", "adaptive", "ring"],
  async find(study: Study): Promise<Findings> {
    const linear = experiment(study, "linear");
    const adaptive = experiment(study, "adaptive");
    const ring = experiment(study, "ring");
    const [linearRows, adaptiveRows, ringTable] = [bilinearRows(linear), bilinearRows(adaptive), ringRows(ring)];

    const groups = await Promise.all(
      [...groupBy(ring.runs, "optimizer")].map(async ([optimizer, runs]) => ({
        optimizer,
        paths: await Promise.all(runs.map(meanPath)),
        time: await modesOverTime(runs),
      })),
    );
    const first = ring.runs.filter((run) => run.seed === ring.seeds[0]);
    const samples = await Promise.all(
      first.map(async (run) => {
        const { x, y } = await run.table("samples");
        return { optimizer: run.condition.optimizer, seed: run.seed, x, y };
      }),
    );
    const { game } = first[0].config as { game: { modes: number; radius: number } };

    return {
      introduction:
        "In a two-player game the players can circle the equilibrium instead of reaching it. The bilinear game f = x·y shows this in its purest form, with closed forms for every optimizer; the ring GAN shows what is left of it in a real network. Two different oscillations must be told apart: *rotation*, the game's own cycle with a period of many steps, and *chatter*, the period-2 sign flips of a normalised step.",
      verdicts: [
        linearVerdict(linearRows),
        cycleVerdict(adaptiveRows),
        momentumVerdict(adaptiveRows),
        ringVerdict(ringTable),
      ],
      sections: [
        {
          heading: "Gradient descent and heavy ball on the bilinear game",
          text: `Eigenvalues of one step, measured by delay-embedded mode decomposition of the path, against the roots of the characteristic polynomial.\n\n${linearTable(linearRows)}`,
          figure: linearPortraits(await portraitsOf(linear.runs)),
        },
        {
          heading: "RMSprop and Adam on the bilinear game",
          text: `Law: radius A* = 4η√((s + τ)/(1 − β₂)) and rotation θ* = √((1 − β₂)/(8(s + τ))) per step, with s = ½ simultaneous, 0 alternating, and τ = β₁/(1 − β₁). It holds to leading order in 8(1 − β₂)(s + τ). Alternating RMSprop and alternating Adam with β₁ ≤ 0 have s + τ ≤ 0: no cycle, only the floor of about η.\n\n${adaptiveTable(adaptiveRows)}`,
          figure: adaptivePortraits(await portraitsOf(adaptive.runs)),
        },
        {
          heading: "Measured against the closed forms",
          text: `Largest relative error of the rotation: ${number(largestError(linearRows, "angle"), 2)} for linear methods, ${number(largestError(adaptiveRows, "angle"), 2)} for adaptive ones; of the cycle's radius: ${number(largestError(adaptiveRows, "radius"), 2)}.`,
          figure: agreement(linearRows, adaptiveRows),
        },
        {
          heading: "The ring GAN: the generator's mean",
          text: `Amplitudes over the last half of each run, mean and 95 % interval (Student's t) over the seeds, in data units; the ring's radius is ${game.radius}.\n\n${ringMotionTable(ringTable)}`,
          figure: ringMeans(groups, game.radius),
        },
        {
          heading: "The ring GAN: spectrum",
          text: "The bands' amplitudes are in the table above.",
          figure: ringSpectrum(groups),
        },
        {
          heading: "The ring GAN: modes covered",
          text: ringQualityTable(ringTable),
          figure: ringCoverage(groups, ring.seeds.length, game.modes),
        },
        {
          heading: "The ring GAN: samples",
          text: "A picture of one seed each; the tables above hold the numbers over all seeds.",
          figure: ringSamples(samples, game),
        },
      ],
    };
  },
};

async function portraitsOf(runs: readonly Run[]) {
  return Promise.all(
    runs.map(async (run) => {
      const { x, y } = await run.table("metrics");
      return { run, x, y };
    }),
  );
}

function linearVerdict(rows: readonly BilinearRow[]): Verdict {
  const error = Math.max(largestError(rows, "spectralRadius"), largestError(rows, "angle"));
  return {
    claim: "The rotation and growth of linear methods on the bilinear game follow the closed form.",
    verdict: error < 1e-8 ? "true" : "false",
    because: `Over ${rows.length} conditions the largest relative error of an eigenvalue's modulus or angle is ${number(error, 2)}.`,
  };
}

function cycleVerdict(rows: readonly BilinearRow[]): Verdict {
  const error = largestError(rows, "radius");
  const known = rows.filter(({ predicted }) => Number.isFinite(predicted.radius)).length;
  return {
    claim: "RMSprop and Adam end on an attracting cycle of radius 4η√((s + τ)/(1 − β₂)).",
    verdict: error < 0.02 ? "true" : "depends",
    because: `Over the ${known} conditions with a predicted cycle the largest relative error of the radius is ${number(100 * error, 2)} %.`,
  };
}

function momentumVerdict(rows: readonly BilinearRow[]): Verdict {
  const simultaneous = (optimizer: string) =>
    rows.find((row) => row.optimizer === optimizer && row.order === "simultaneous");
  const radius = (optimizer: string, of: "measured" | "predicted" = "measured") =>
    simultaneous(optimizer)?.[of].radius ?? Number.NaN;
  const law = radius("Adam β₁ = 0.9", "predicted") / radius("RMSprop ρ = 0.999", "predicted");
  const [without, with09] = [radius("RMSprop ρ = 0.999"), radius("Adam β₁ = 0.9")];
  return {
    claim: "Momentum, as in Adam, damps the rotation of a game.",
    verdict: with09 < without ? "true" : "false",
    because: `At the same η and memory the simultaneous cycle has radius ${number(without, 3)} without momentum and ${number(with09, 3)} with β₁ = 0.9: ${number(with09 / without, 3)} times as wide (closed form ${number(law, 3)}).`,
  };
}

function ringVerdict(rows: readonly RingRow[]): Verdict {
  const without = rowOf(rows, "RMSprop ρ = 0.99");
  const fast = rowOf(rows, "Adam β₁ = 0.9");
  const slow = rowOf(rows, "Adam β₁ = β₂ = 0.9, slow");
  const ratio = without.chatter.estimate / fast.chatter.estimate;
  const chatterFalls = fast.chatter.high < without.chatter.low;
  // A mean that swings by more than half of its distance to a mode is going round, not settling.
  const rotates = slow.slowest > 1;
  return {
    claim: "In a real GAN momentum removes the oscillation.",
    verdict: rotates ? (chatterFalls ? "depends" : "false") : chatterFalls ? "true" : "not distinguishable",
    because: `Chatter: from RMSprop to Adam β₁ = 0.9 at the same η the amplitude changes ${number(ratio, 2)}-fold downward, intervals ${chatterFalls ? "apart" : "overlapping"}. Rotation: with β₁ = β₂ = 0.9 at its small η the generator's mean ${rotates ? "goes round slowly" : "does not go round"}, amplitude up to ${number(slow.slowest, 2)} over ${slow.seeds} seeds.`,
  };
}

function rowOf(rows: readonly RingRow[], optimizer: string): RingRow {
  const found = rows.find((row) => row.optimizer === optimizer);
  if (found === undefined) throw new Error(`the ring experiment needs the optimizer "${optimizer}"`);
  return found;
}

function linearTable(rows: readonly BilinearRow[]): string {
  return table(
    ["optimizer", "order", "ρ measured", "ρ closed form", "θ measured", "θ closed form"],
    rows.map(({ optimizer, order, measured, predicted }) => [
      optimizer,
      order,
      number(measured.spectralRadius, 10),
      number(predicted.spectralRadius, 10),
      number(measured.angle, 10),
      number(predicted.angle, 10),
    ]),
  );
}

function adaptiveTable(rows: readonly BilinearRow[]): string {
  return table(
    ["optimizer", "order", "radius measured", "radius law", "θ measured", "θ law"],
    rows.map(({ optimizer, order, measured, predicted }) => [
      optimizer,
      order,
      number(measured.radius),
      number(predicted.radius),
      number(measured.angle),
      number(predicted.angle),
    ]),
  );
}

function ringMotionTable(rows: readonly RingRow[]): string {
  return table(
    ["optimizer", "seeds", "diverged", "chatter (period < 4)", "slow cycle (period > 50)", "largest slow cycle"],
    rows.map((row) => [
      row.optimizer,
      String(row.seeds),
      String(row.diverged),
      intervalText(row.chatter),
      intervalText(row.slowCycle),
      number(row.slowest, 3),
    ]),
  );
}

function ringQualityTable(rows: readonly RingRow[]): string {
  return `At the end of training, mean and 95 % interval over the seeds; the ceiling of the high-quality share is 98.89 %.\n\n${table(
    ["optimizer", "seeds", "modes", "high quality %", "reverse KL"],
    rows.map((row) => [
      row.optimizer,
      String(row.seeds),
      intervalText(row.modes, 3),
      intervalText(row.highQuality, 3, 100),
      intervalText(row.reverseKl),
    ]),
  )}`;
}
