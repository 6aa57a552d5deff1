import { z } from "zod";
import { InputError } from "../../src/config/input-error.js";
import type { Run } from "../../src/study/read.js";
import type { Table, Verdict } from "../parts/findings.js";
import { experiment } from "../parts/report.js";
import { summaryNumber } from "../parts/select.js";
import { number } from "../parts/text.js";

const needs = z.object({ game: z.object({ name: z.string() }) });

/** What papers say of methods on games in closed form, beside what they do here. */
export const published = experiment({
  needs: { bilinear: needs, dirac: needs },
  find({ bilinear, dirac }) {
    const rows = rowsOf({ bilinear: bilinear.runs, dirac: dirac.runs });
    return {
      verdicts: [verdict(rows)],
      sections: [
        {
          heading: "Published, ours",
          content: [
            "Gradient descent with η = 0.2 from (1, 1), 500 steps. What arrives does so by a factor ρ a step; beside it the largest eigenvalue of the method's own step at the equilibrium. WGAN-GP has none: its penalty has a kink there.",
            table(rows),
          ],
        },
      ],
    };
  },
});

/** A published statement on whether a method comes to the equilibrium. */
interface Statement {
  readonly game: "bilinear" | "dirac";
  /** the method's label in the study */
  readonly method: string;
  readonly source: string;
  readonly arrives: boolean;
}

const statements: readonly Statement[] = [
  { game: "bilinear", method: "gradient descent, simultaneous", source: "Gidel et al. (2019)", arrives: false },
  { game: "bilinear", method: "gradient descent, alternating", source: "Gidel et al. (2019)", arrives: false },
  { game: "bilinear", method: "momentum 0.5, alternating", source: "Gidel et al. (2019)", arrives: false },
  { game: "bilinear", method: "momentum −0.5, simultaneous", source: "Gidel et al. (2019)", arrives: false },
  { game: "bilinear", method: "momentum −0.5, alternating", source: "Gidel et al. (2019)", arrives: true },
  {
    game: "bilinear",
    method: "optimistic gradient, simultaneous",
    source: "Daskalakis et al. (2018), last iterate",
    arrives: true,
  },
  { game: "bilinear", method: "extragradient", source: "Korpelevich (1976)", arrives: true },
  { game: "bilinear", method: "lookahead, simultaneous", source: "Chavdarova et al. (2021)", arrives: true },
  { game: "bilinear", method: "consensus, simultaneous", source: "Mescheder et al. (2017)", arrives: true },
  { game: "dirac", method: "none", source: "Mescheder et al. (2018)", arrives: false },
  { game: "dirac", method: "5 critic steps", source: "Mescheder et al. (2018)", arrives: false },
  { game: "dirac", method: "non-saturating", source: "Mescheder et al. (2018)", arrives: false },
  { game: "dirac", method: "WGAN with clipping", source: "Mescheder et al. (2018)", arrives: false },
  { game: "dirac", method: "WGAN-GP", source: "Mescheder et al. (2018)", arrives: false },
  { game: "dirac", method: "instance noise", source: "Mescheder et al. (2018)", arrives: true },
  { game: "dirac", method: "R1", source: "Mescheder et al. (2018)", arrives: true },
  { game: "dirac", method: "R2", source: "Mescheder et al. (2018)", arrives: true },
  { game: "dirac", method: "consensus", source: "Mescheder et al. (2018)", arrives: true },
];

/** A statement beside the measured distance from the equilibrium at the end, by that at the start. */
export interface PublishedRow extends Statement {
  readonly distance: number;
  /** by which the distance changes a step, and in closed form near the equilibrium; NaN where there is none */
  readonly growth: number;
  readonly predictedGrowth: number;
}

/** Both games start at (1, 1), where the equilibrium is (0, 0). */
const startDistance = Math.SQRT2;
/** A distance that has fallen to this share of the first one is an arrival, or on its way there. */
const near = 0.1;

export const arrived = ({ distance }: PublishedRow) => distance < near * startDistance;

function rowsOf(runs: Readonly<Record<Statement["game"], readonly Run[]>>): PublishedRow[] {
  return statements.map((statement) => {
    const { game, method } = statement;
    const run = runs[game].find(({ condition }) => condition["+method"] === method);
    if (run === undefined) throw new InputError(`the report needs the method "${method}" of the experiment ${game}`);
    return {
      ...statement,
      distance: summaryNumber(run, "measured.distance"),
      growth: summaryNumber(run, "measured.spectralRadius"),
      predictedGrowth: summaryNumber(run, "predicted.spectralRadius"),
    };
  });
}

function verdict(rows: readonly PublishedRow[]): Verdict {
  const met = rows.filter((row) => arrived(row) === row.arrives).length;
  return {
    claim: "Methods arrive, or do not, on the bilinear game and the Dirac-GAN as published.",
    verdict: met === rows.length ? "true" : "depends",
    because: `${met} of ${rows.length} published statements are met: an arrival ends nearer than ${number(near)} of the distance at which it began.`,
  };
}

function table(rows: readonly PublishedRow[]): Table {
  const said = (arrives: boolean) => (arrives ? "arrives" : "does not");
  return {
    header: ["game", "method", "source", "published", "ours", "distance at the end", "ρ per step", "ρ, closed form"],
    rows: rows.map((row) => [
      row.game,
      row.method,
      row.source,
      said(row.arrives),
      said(arrived(row)),
      number(row.distance, 3),
      number(row.growth),
      number(row.predictedGrowth),
    ]),
  };
}
