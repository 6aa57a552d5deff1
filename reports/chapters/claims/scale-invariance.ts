import { z } from "zod";
import { log2 } from "../../../src/math/elementary/logarithm.js";
import { norm } from "../../../src/math/elementary/roots.js";
import { problemTables } from "../../../src/problems/tables.js";
import { tableOf } from "../../../src/study/read.js";
import { firstStep, type Stabilised, scaleOfShortening } from "../../../src/theory/stabiliser.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks, type Panel } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy } from "../../parts/select.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { curve, dashes, shapes } from "../styles.js";

const needs = z.object({
  problem: z.object({ scale: z.number(), eigenvalues: z.array(z.number()) }),
  optimizer: z.object({ rho: z.number(), eps: z.number(), epsPlacement: z.enum(["outside", "inside"]) }),
});
type Run = CheckedRun<z.output<typeof needs>>;

/** RMSprop on a loss times c: the same path without ε, and with it another where c √v does not dwarf ε. */
export const scaleInvariance = defineClaim({
  name: "scale-invariance",
  words: "Multiplying the loss by c leaves RMSprop's path unchanged; ε breaks this only slightly.",
  source: "first chapter, scale invariance",
  needs,
  find: async ({ runs }) => finding(await scaledPaths(runs)),
});

/** One run beside the path of the same loss with c = 1 and ε = 0. */
export interface ScaledPath extends Stabilised {
  readonly label: string;
  readonly scale: number;
  /** ‖∇L‖∞ at the start, without the factor c: the parameters' gradients there */
  readonly gradients: readonly number[];
  /** largest distance of a parameter from the reference path, over all steps */
  readonly deviation: number;
  /** the first step's length in units of η, and its closed form */
  readonly first: number;
  readonly law: number;
}

export async function scaledPaths(runs: readonly Run[]): Promise<ScaledPath[]> {
  const tables = await Promise.all(runs.map((run) => tableOf(run, problemTables.metrics, "q0", "q1")));
  const reference = tables[runs.findIndex(({ config }) => config.optimizer.eps === 0 && config.problem.scale === 1)];
  return runs.map(({ condition, config: { problem, optimizer } }, i) => {
    const { q0, q1, normalisedStep } = tables[i];
    let deviation = 0;
    for (let t = 0; t < q0.length; t++) {
      deviation = Math.max(deviation, Math.abs(q0[t] - reference.q0[t]), Math.abs(q1[t] - reference.q1[t]));
    }
    const gradients = problem.eigenvalues; // The start is 1 along each eigenvector.
    const law = norm(gradients.map((gradient) => firstStep(optimizer, gradient, problem.scale)));
    const { rho, eps, epsPlacement } = optimizer;
    const stabilised = { rho, eps, epsPlacement };
    return {
      ...stabilised,
      label: condition.optimizer,
      scale: problem.scale,
      gradients,
      deviation,
      first: normalisedStep[0],
      law,
    };
  });
}

/** Whether a factor is a power of two, which changes no digit of a number. */
export const isPowerOfTwo = (scale: number) => Number.isInteger(log2(scale));

function finding(paths: readonly ScaledPath[]): Finding {
  const without = paths.filter(({ eps }) => eps === 0);
  const powers = without.filter(({ scale }) => isPowerOfTwo(scale));
  const same = powers.every(({ deviation }) => deviation === 0);
  const rounding = Math.max(...without.map(({ deviation }) => deviation));
  const lawError = Math.max(...paths.map(({ first, law }) => Math.abs(first / law - 1)));
  const torch = paths.filter(({ eps, epsPlacement }) => eps === 1e-8 && epsPlacement === "outside");
  const [smallest] = torch.slice().sort((a, b) => a.scale - b.scale);
  const unscaled = torch.find(({ scale }) => scale === 1) ?? smallest;
  const holds = same && rounding < 1e-12;
  const frozen = 1 - smallest.first / without[0].first;
  const boundary = scaleOfShortening(torch[0], Math.min(...torch[0].gradients), 0.5);
  return {
    verdict: holds ? (frozen > 0.1 ? "depends" : "true") : "false",
    decides: `ε = 0: equal up to ${number(rounding, 1)}; ε = 10⁻⁸: first step ${number(100 * frozen, 2)} % shorter at c = ${number(smallest.scale, 1)}`,
    because: `Without ε the paths of c = ${number(Math.min(...without.map(({ scale }) => scale)), 1)} to ${number(Math.max(...without.map(({ scale }) => scale)), 1)} agree within ${number(rounding, 1)} over all steps, and ${same ? "to the last bit" : "not to the last bit"} where c is a power of two. “Slightly” is a matter of regime: with ε = 10⁻⁸ outside the root the path moves by ${number(unscaled.deviation, 1)} at c = 1, but at c = ${number(smallest.scale, 1)} the first step is ${number(100 * frozen, 2)} % shorter; the least gradient's step halves at c |g| √(1 − ρ) = ε outside, here c = ${number(boundary, 2)}, and at c |g| √(1 − ρ) = √(ε/3) inside. The first step's law is met within ${number(lawError, 1)}.`,
    figure: {
      title: `Without ε a loss times c takes the same path; ε decides where c|g| comes down to it: 1/${number(1 / (1 - frozen), 2)} of the step at c = ${number(smallest.scale, 1)}`,
      caption: `A quadratic of curvatures ${paths[0].gradients.join(" and ")}, RMSprop with ρ = ${paths[0].rho}. Left: length of the first step, closed form as lines and runs as marks. Middle: largest distance from the path with c = 1 and ε = 0. Right: the boundaries at which ε takes 1 % and 50 % of the flat direction's first step, in closed form; runs beyond 1 % and within it as marks. Equal slopes tell the unit: outside the root ε is a gradient, inside a gradient squared.`,
      columns: 3,
      panelWidth: 600,
      panelHeight: 560,
      panels: [firstSteps(paths), deviations(paths), regimes(paths)],
    },
    content: [
      {
        header: ["ε", "c", "largest distance", "first step (η)", "closed form (η)"],
        rows: paths.map(({ label, scale, deviation, first, law }) => [
          label,
          number(scale, 4),
          number(deviation, 2),
          number(first, 5),
          number(law, 5),
        ]),
      },
    ],
  };
}

const factor = { title: "factor c on the loss", scale: "logarithmic" } as const;

function firstSteps(paths: readonly ScaledPath[]): Panel {
  return {
    title: "The first step shrinks where ε is not small against c|g|",
    x: factor,
    y: { title: "length of the first step (units of η)", scale: "logarithmic", min: 1e-4, max: 10 },
    series: [...groupBy(paths, ({ label }) => label)].flatMap(([label, group], i) => {
      const law = (scale: number) => norm(group[0].gradients.map((one) => firstStep(group[0], one, scale)));
      const measured = group.map(({ scale, first }) => ({ x: scale, y: first }));
      const style = { colour: seriesColours[i], dash: dashes[i], shape: shapes[i] };
      return [
        line("", curve(1e-8, 1e8, law, "logarithmic"), style.colour, { dash: style.dash }),
        marks(label, measured, style.colour, { shape: style.shape }),
      ];
    }),
  };
}

function deviations(paths: readonly ScaledPath[]): Panel {
  return {
    title: "Distance from the path of c = 1, ε = 0 (0 is drawn at 10⁻¹⁸)",
    x: factor,
    y: { title: "largest distance of a parameter", scale: "logarithmic", min: 1e-18, max: 10 },
    series: [...groupBy(paths, ({ label }) => label)].map(([label, group], i) =>
      marks(
        label,
        group.map(({ scale, deviation }) => ({ x: scale, y: Math.max(1e-18, deviation) })),
        seriesColours[i],
        { shape: shapes[i] },
      ),
    ),
  };
}

function regimes(paths: readonly ScaledPath[]): Panel {
  const { rho, gradients } = paths[0];
  const flat = Math.min(...gradients);
  const boundary = (epsPlacement: Stabilised["epsPlacement"], share: number) =>
    curve(1e-10, 1e-2, (eps) => scaleOfShortening({ rho, eps, epsPlacement }, flat, share), "logarithmic");
  const outside = paths.filter(({ eps, epsPlacement }) => eps > 0 && epsPlacement === "outside");
  const shortened = ({ first, scale }: ScaledPath) =>
    first < 0.99 * (paths.find((path) => path.eps === 0 && path.scale === scale)?.first ?? Number.NaN);
  const at = (chosen: readonly ScaledPath[]) => chosen.map(({ eps, scale }) => ({ x: eps, y: scale }));
  return {
    title: "Regimes: below a line ε takes more than that share",
    x: { title: "ε", scale: "logarithmic" },
    y: { title: "factor c on the loss", scale: "logarithmic", min: 1e-8, max: 1e8 },
    series: [
      line("outside, 1 %", boundary("outside", 0.01), seriesColours[0]),
      line("outside, 50 %", boundary("outside", 0.5), seriesColours[0], { dash: dashes[1] }),
      line("inside, 1 %", boundary("inside", 0.01), seriesColours[1]),
      line("inside, 50 %", boundary("inside", 0.5), seriesColours[1], { dash: dashes[1] }),
      marks("run outside: > 1 %", at(outside.filter(shortened)), seriesColours[0], { shape: "crossRot" }),
      marks("≤ 1 %", at(outside.filter((path) => !shortened(path))), seriesColours[0]),
    ],
  };
}
