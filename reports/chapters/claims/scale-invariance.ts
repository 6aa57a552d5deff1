import { z } from "zod";
import { norm } from "../../../src/math/elementary/roots.js";
import { problemTables } from "../../../src/problems/tables.js";
import { tableOf } from "../../../src/study/read.js";
import { firstStep, type Stabilised } from "../../../src/theory/stabiliser.js";
import { seriesColours } from "../../parts/colours.js";
import { extent, marks, type Panel } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy } from "../../parts/select.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { shapes } from "../styles.js";

export const needs = z.object({
  problem: z.object({ scale: z.number(), eigenvalues: z.array(z.number()) }),
  optimizer: z.object({ rho: z.number(), eps: z.number(), epsPlacement: z.enum(["outside", "inside"]) }),
});
type Run = CheckedRun<z.output<typeof needs>>;

/** RMSprop without ε on a loss times c: the same path. */
export const scaleInvariance = defineClaim({
  name: "scale-invariance",
  words: "Multiplying the loss by c leaves RMSprop's path unchanged.",
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
export const isPowerOfTwo = (scale: number) => scale.toString(2).replace(/[0.]/g, "") === "1";

function finding(paths: readonly ScaledPath[]): Finding {
  const without = paths.filter(({ eps }) => eps === 0);
  const same = without.filter(({ scale }) => isPowerOfTwo(scale)).every(({ deviation }) => deviation === 0);
  const rounding = Math.max(...without.map(({ deviation }) => deviation));
  const [low, high] = extent(without.map(({ scale }) => scale));
  return {
    verdict: same && rounding < 1e-12 ? "true" : "false",
    decides: `largest distance of a parameter over all steps: ${number(rounding, 1)}`,
    because: `Without ε, on a quadratic without noise, one run a factor: the paths of c = ${number(low, 1)} to ${number(high, 1)} agree within ${number(rounding, 1)} over all steps, the rounding of doubles, and ${same ? "to the last bit" : "not to the last bit"} where c is a power of two. With ε see the next claim.`,
    figure: {
      title: `Without ε a loss times c takes the same path within ${number(rounding, 1)}, whatever c from ${number(low, 1)} to ${number(high, 1)}`,
      caption: `A quadratic of curvatures ${paths[0].gradients.join(" and ")}, RMSprop with ρ = ${paths[0].rho}: largest distance of a parameter from the path with c = 1 and ε = 0, over all steps. With ε > 0 the paths part where c|g| is not large against it.`,
      columns: 1,
      panelWidth: 1000,
      panelHeight: 560,
      panels: [deviations(paths)],
    },
    content: [
      {
        header: ["ε", "c", "largest distance"],
        rows: paths.map(({ label, scale, deviation }) => [label, number(scale, 4), number(deviation, 2)]),
      },
    ],
  };
}

export const factor = { title: "factor c on the loss", scale: "logarithmic" } as const;

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
