import type { Study } from "../../src/study/read.js";
import { momentumCrossover } from "../../src/theory/bilinear.js";
import { intervalText } from "../interval.js";
import { number, table } from "../markdown.js";
import type { Findings, Report, Verdict } from "../report.js";
import { experiment } from "../select.js";
import { amplitudesFigure, crossoverFigure, ringFigure, rotationFigure } from "./figures.js";
import {
  type AmplitudeRow,
  type CrossoverRow,
  chatterLaw,
  chatterRows,
  crossoverRows,
  measuredCrossover,
  type RingRow,
  type RotationRow,
  ringRows,
  rotationCurve,
  rotationRows,
  sharedOptimizer,
  slowCycleLaw,
  slowCycleRows,
} from "./measures.js";

export const dampingReport: Report = {
  name: "damping",
  title: "Damping: what makes the cycle die away?",
  needs: ["rotation", "crossover", "slowCycle", "chatter", "ring"],
  async find(study: Study): Promise<Findings> {
    const rotation = experiment(study, "rotation");
    const rotations = rotationRows(rotation);
    const crossover = experiment(study, "crossover");
    const crossovers = crossoverRows(crossover);
    const effectiveRate = sharedOptimizer(crossover).lr / (1 - sharedOptimizer(crossover).momentum);
    const [slowCycle, chatter] = [experiment(study, "slowCycle"), experiment(study, "chatter")];
    const [slowCycles, chatters] = [slowCycleRows(slowCycle), chatterRows(chatter)];
    const ringExperiment = experiment(study, "ring");
    const ring = ringRows(ringExperiment);
    return {
      introduction:
        "\"Momentum damps the oscillation\" is said of two different oscillations. *Rotation* belongs to the game: the players chase each other over many steps. *Chatter* belongs to the normalised step: near a minimum RMSprop's and Adam's step flips its sign at every step. This report measures what the momentum coefficient does to each, apart.",
      verdicts: [
        rotationVerdict(rotations),
        crossoverVerdict(crossovers, effectiveRate),
        amplitudeVerdict("Momentum damps Adam's slow cycle on the bilinear game.", slowCycles),
        amplitudeVerdict("Momentum damps Adam's chatter around a minimum.", chatters),
        ringVerdict(ring),
      ],
      sections: [
        {
          heading: "Heavy ball on the pure rotation",
          text: rotationTable(rotations),
          figure: rotationFigure(
            rotations,
            {
              simultaneous: rotationCurve(rotation, "simultaneous"),
              alternating: rotationCurve(rotation, "alternating"),
            },
            sharedOptimizer(rotation).lr,
          ),
        },
        {
          heading: "Games with damping of their own",
          text: crossoverTable(crossovers),
          figure: crossoverFigure(crossovers, effectiveRate),
        },
        {
          heading: "Adam's two amplitudes",
          text: `Slow cycle, radius in units of η:\n\n${amplitudeTable(slowCycles)}\n\nChatter, amplitude in units of η:\n\n${amplitudeTable(chatters)}`,
          figure: amplitudesFigure(
            { rows: slowCycles, law: slowCycleLaw(slowCycle), beta2: sharedOptimizer(slowCycle).beta2 },
            { rows: chatters, law: chatterLaw(chatter), beta2: sharedOptimizer(chatter).beta2 },
          ),
        },
        { heading: "The ring GAN", text: ringTable(ring), figure: ringFigure(ring, sharedOptimizer(ringExperiment)) },
      ],
    };
  },
};

function rotationVerdict(rows: readonly RotationRow[]): Verdict {
  const damps = rows.filter(({ beta, measured }) => beta > 0 && measured.growth < -1e-9);
  const negative = rows.filter(
    ({ beta, order, measured }) => beta < 0 && order === "alternating" && measured.growth < -1e-9,
  );
  const error = Math.max(...rows.map(({ measured, predicted }) => Math.abs(measured.growth - predicted.growth)));
  const best = rows.reduce((a, b) => (b.measured.growth < a.measured.growth ? b : a));
  return {
    claim: "Positive heavy-ball momentum damps the rotation of a game.",
    verdict: damps.length === 0 ? "false" : "depends",
    because: `It damps in ${damps.length} of ${rows.filter(({ beta }) => beta > 0).length} conditions with β > 0, while alternating play with β < 0 damps in ${negative.length}; fastest of all at β = ${number(best.beta)} ${best.order}, ln ρ = ${number(best.measured.growth, 3)}. Largest difference of ln ρ from the closed form: ${number(error, 2)}.`,
  };
}

function crossoverVerdict(rows: readonly CrossoverRow[], lr: number): Verdict {
  const betas = [...new Set(rows.map(({ beta }) => beta))];
  const found = betas.map((beta) => ({ beta, at: measuredCrossover(rows, beta) }));
  const worst = Math.max(...found.map(({ at }) => Math.abs(at - momentumCrossover)));
  return {
    claim: "Momentum begins to help where the game's own damping ratio exceeds 1/√2 = 0.7071.",
    verdict: worst < 0.001 ? "true" : "false",
    because: `Measured: ${found.map(({ beta, at }) => `ζ = ${number(at)} for β = ${beta}`).join(", ")} (interpolated between conditions, effective η = ${number(lr)}; the sign change holds to leading order in η).`,
  };
}

function amplitudeVerdict(claim: string, rows: readonly AmplitudeRow[]): Verdict {
  const at = (beta1: number) => rows.find((row) => row.beta1 === beta1)?.measured ?? Number.NaN;
  const [without, strong] = [at(0), at(0.9)];
  const error = Math.max(...rows.map(({ measured, predicted }) => Math.abs(measured / predicted - 1)));
  return {
    claim,
    verdict: strong < without ? "true" : "false",
    because: `From β₁ = 0 to 0.9 the amplitude goes from ${number(without, 4)} η to ${number(strong, 4)} η; the law is off by at most ${number(100 * error, 2)} % over all β₁.`,
  };
}

function ringVerdict(rows: readonly RingRow[]): Verdict {
  const at = (beta1: number) => rows.find((row) => row.beta1 === beta1);
  const [none, strong] = [at(0), at(0.9)];
  if (none === undefined || strong === undefined) throw new Error("the ring experiment needs β₁ = 0 and 0.9");
  const ratio = none.chatter.estimate / strong.chatter.estimate;
  const apart = none.chatter.low > strong.chatter.high;
  const slower = `the slow cycle goes from ${number(none.slowCycle.estimate, 2)} to ${number(strong.slowCycle.estimate, 2)}`;
  return {
    claim: "Momentum damps the chatter of a real GAN.",
    verdict: apart ? (ratio > 1 ? "true" : "false") : "not distinguishable",
    because: `From β₁ = 0 to 0.9 the chatter goes from ${number(none.chatter.estimate, 2)} to ${number(strong.chatter.estimate, 2)} (a factor of ${number(ratio, 2)}; 95 % intervals ${apart ? "apart" : "overlapping"} at n = ${none.seeds}), while ${slower}.`,
  };
}

function rotationTable(rows: readonly RotationRow[]): string {
  return table(
    ["order", "β", "ln ρ measured", "ln ρ closed form", "ζ measured", "ζ closed form"],
    rows.map(({ order, beta, measured, predicted }) => [
      order,
      number(beta),
      number(measured.growth, 6),
      number(predicted.growth, 6),
      number(measured.dampingRatio, 6),
      number(predicted.dampingRatio, 6),
    ]),
  );
}

function crossoverTable(rows: readonly CrossoverRow[]): string {
  return table(
    ["ζ of the game", "β", "added decay measured", "closed form"],
    rows.map(({ zeta, beta, measured, predicted }) => [
      number(zeta),
      number(beta),
      number(measured),
      number(predicted),
    ]),
  );
}

function amplitudeTable(rows: readonly AmplitudeRow[]): string {
  return table(
    ["β₁", "measured", "law", "measured / law"],
    rows.map(({ beta1, measured, predicted }) => [
      number(beta1),
      number(measured),
      number(predicted),
      number(measured / predicted),
    ]),
  );
}

function ringTable(rows: readonly RingRow[]): string {
  return `Mean and 95 % interval (Student's t) over the seeds, data units.\n\n${table(
    ["β₁", "seeds", "diverged", "chatter", "slow cycle"],
    rows.map((row) => [
      number(row.beta1),
      String(row.seeds),
      String(row.diverged),
      intervalText(row.chatter),
      intervalText(row.slowCycle),
    ]),
  )}`;
}
