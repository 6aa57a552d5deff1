import { slowRotation } from "../../src/dynamics/slow-rotation.js";
import { hypot } from "../../src/math/elementary/roots.js";
import { type Interval, spearmanCorrelation } from "../../src/stats/index.js";
import { colours, seriesColours } from "../parts/colours.js";
import type { Figure, Table, Verdict } from "../parts/findings.js";
import { generatorMean, spectraOf } from "../parts/game/tables.js";
import { intervalText } from "../parts/interval.js";
import { marks, upright } from "../parts/panel.js";
import { experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { listText, number } from "../parts/text.js";
import { type CureRun, cureNeeds } from "./rows.js";

/** Does the Jacobian at a stage of training say how the generator moves after it? */
export const jacobian = experiment({
  needs: { ring: cureNeeds, grid: cureNeeds },
  async find({ ring, grid }) {
    const all = (await Promise.all([...ring.runs, ...grid.runs].map(stagesOf))).flat();
    const stages = all.filter(({ zeta, amplitude }) => Number.isFinite(zeta) && amplitude > 0);
    const rows = [...groupBy(stages, ({ target, step }) => `${target}, after ${number(step)} steps`)]
      .filter(([, group]) => group.length >= 4)
      .map(([name, group]) => ({ name, runs: group.length, correlation: correlate(group) }));
    return {
      verdicts: [verdict(rows)],
      sections: [
        {
          heading: "Does the Jacobian say what comes?",
          ...(stages.length === 0 ? {} : { figure: figure(stages, rows) }),
          content: [
            "After some steps of training the outermost eigenvalues of the game's Jacobian are taken on one batch. Of those that turn, with a residual below a tenth of their modulus, the one with the largest imaginary part is the rotation; runs without one are left out; its damping ratio is Re λ/|λ|. The path that follows is that of the generator's mean up to the next stage: its slow amplitude, straight drift taken off. Spearman's correlation over the runs of all cures, 95 % interval:",
            table(rows),
          ],
        },
      ],
    };
  },
});

/** The rotation at a stage of a run, and what came of it. */
export interface Stage {
  readonly target: string;
  readonly step: number;
  /** damping ratio of the eigenvalue that turns most; NaN where none has converged */
  readonly zeta: number;
  /** slow amplitude of the generator's mean up to the next stage */
  readonly amplitude: number;
}

/** Above this share of its modulus an eigenvalue's residual says that it is not one yet. */
const largestResidual = 0.1;

/** The damping ratio Re λ/|λ| of the eigenvalue that turns most, of those that turn and have converged; NaN without one. */
export function rotationDamping(
  eigenvalues: readonly { readonly real: number; readonly imaginary: number; readonly residual: number }[],
): number {
  const modulus = ({ real, imaginary }: (typeof eigenvalues)[number]) => hypot(real, imaginary);
  const converged = eigenvalues.filter((one) => one.imaginary !== 0 && one.residual < largestResidual * modulus(one));
  if (converged.length === 0) return Number.NaN;
  const most = converged.reduce((a, b) => (Math.abs(b.imaginary) > Math.abs(a.imaginary) ? b : a));
  return most.real / modulus(most);
}

async function stagesOf(run: CureRun): Promise<Stage[]> {
  const [spectra, path] = await Promise.all([spectraOf(run), generatorMean(run)]);
  const found = Array.from(spectra.step, (step, i) => ({
    step,
    real: spectra.real[i],
    imaginary: spectra.imaginary[i],
    residual: spectra.residual[i],
  }));
  const stages = [...groupBy(found, ({ step }) => step)];
  return stages.map(([step, eigenvalues], k) => {
    const end = stages[k + 1]?.[0] ?? path.step.length;
    const { amplitude } = slowRotation(path.meanX.subarray(step, end), path.meanY.subarray(step, end));
    return { target: run.config.game.name, step, zeta: rotationDamping(eigenvalues), amplitude };
  });
}

const correlate = (stages: readonly Stage[]): Interval =>
  spearmanCorrelation(
    stages.map(({ zeta }) => zeta),
    stages.map(({ amplitude }) => amplitude),
  );

interface Row {
  readonly name: string;
  readonly runs: number;
  readonly correlation: Interval;
}

const apart = ({ correlation: { low, high } }: Row) => low > 0 || high < 0;

function verdict(rows: readonly Row[]): Verdict {
  const telling = rows.filter(apart);
  const damping = telling.filter(({ correlation }) => correlation.estimate < 0);
  return {
    claim:
      "The less the Jacobian damps its rotation at a stage of training, the wider the generator swings afterwards.",
    verdict:
      telling.length === 0
        ? "not distinguishable"
        : damping.length === rows.length
          ? "true"
          : damping.length === 0
            ? "false"
            : "depends",
    because:
      rows.length === 0
        ? "Too few runs have an eigenvalue that has converged."
        : `Spearman's correlation of damping ratio and amplitude is ${listText(rows.map(({ name, correlation }) => `${intervalText(correlation)} (${name})`))}.`,
  };
}

function figure(stages: readonly Stage[], rows: readonly Row[]): Figure {
  const targets = [...groupBy(stages, ({ target }) => target)];
  return {
    file: "cures-jacobian.png",
    title: `The Jacobian's damping ratio ${rows.some(apart) ? "says something" : "says nothing that shows"} of the swing that follows`,
    caption: `A mark for each run of every cure at each stage. Damping ratio of the eigenvalue that turns most, Re λ/|λ|: 1 attracts without turning, 0 turns only, below 0 repels. ${rows.map(({ name, correlation }) => `${name}: correlation ${number(correlation.estimate, 2)}`).join("; ")}.`,
    columns: 2,
    panelWidth: 820,
    panelHeight: 560,
    panels: targets.map(([target, own]) => ({
      title: target,
      x: { title: "damping ratio of the rotation (dimensionless)", min: -1, max: 1 },
      y: { title: "slow amplitude afterwards (data units)", scale: "logarithmic" },
      series: [
        upright(
          "",
          0,
          Math.min(...own.map(({ amplitude }) => amplitude)),
          Math.max(...own.map(({ amplitude }) => amplitude)),
          colours.grey,
          { dash: [4, 5] },
        ),
        ...[...groupBy(own, ({ step }) => step)].map(([step, group], i) =>
          marks(
            `after ${number(step)} steps`,
            group.map(({ zeta, amplitude }) => ({ x: zeta, y: amplitude })),
            seriesColours[i % seriesColours.length],
            { radius: 4 },
          ),
        ),
      ],
    })),
  };
}

function table(rows: readonly Row[]): Table {
  return {
    header: ["stage", "runs", "correlation"],
    rows: rows.map(({ name, runs, correlation }) => [name, String(runs), intervalText(correlation)]),
  };
}
