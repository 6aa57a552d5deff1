import type { Table, Verdict } from "../parts/findings.js";
import { experiment } from "../parts/report.js";
import { groupBy } from "../parts/select.js";
import { number } from "../parts/text.js";
import { motionFigure, qualityFigure, samplesFigure } from "./optimizers-figures.js";
import {
  cell,
  gameOf,
  mixtureNeeds,
  modesText,
  qualityCells,
  qualityHeader,
  type Row,
  reaches,
  rowsOf,
  steadiest,
} from "./rows.js";

/** The recipe under other optimizers. */
export const optimizers = experiment({
  needs: { optimizers: mixtureNeeds },
  async find({ optimizers: { runs, seeds } }) {
    const rows = rowsOf(runs);
    const byGame = [...groupBy(rows, ({ game }) => game).values()];
    const last = byGame[byGame.length - 1][0].game;
    const shown = runs.filter((run) => run.seed === seeds[0] && gameOf(run) === last);
    return {
      verdicts: [reachingVerdict(rows), chatterVerdict(byGame)],
      sections: [
        { heading: "Other optimizers: quality", figure: qualityFigure(byGame), content: [qualityTable(rows)] },
        {
          heading: "Other optimizers: motion",
          figure: motionFigure(byGame),
          content: ["Amplitudes of the generator's mean, data units.", motionTable(rows)],
        },
        {
          heading: "Other optimizers: samples",
          figure: await samplesFigure(shown),
          content: [`On the last target, ${last}.`],
        },
      ],
    };
  },
});

function reachingVerdict(all: readonly Row[]): Verdict {
  const groups = [...groupBy(all, ({ optimizer }) => optimizer)];
  const failures = (rows: readonly Row[]) => rows.filter((row) => !reaches(row));
  const good = groups.filter(([, rows]) => failures(rows).length === 0);
  const bad = groups.filter(([, rows]) => failures(rows).length > 0);
  const failureText = (row: Row) =>
    `${row.game}: ${modesText(row)} modes, ${number(100 * row.raw.highQuality.estimate, 3)} %${row.diverged > 0 ? ", diverged" : ""}`;
  const badText = bad.map(([name, rows]) => `${name} (${failures(rows).map(failureText).join("; ")})`).join(", ");
  return {
    claim: "Any of these optimizers reaches the bars with the same recipe.",
    verdict: bad.length === 0 ? "true" : "false",
    because: `They are reached by ${good.map(([name]) => name).join(", ") || "none"}; not by ${badText || "none"}.`,
  };
}

function chatterVerdict(byGame: readonly (readonly Row[])[]): Verdict {
  const pairs = byGame.flatMap((group) => {
    const least = steadiest(group);
    if (least === undefined) return [];
    const standing = group.filter(({ diverged }) => diverged === 0);
    return [
      { least, best: standing.reduce((a, b) => (b.raw.highQuality.estimate > a.raw.highQuality.estimate ? b : a)) },
    ];
  });
  const agreeing = pairs.filter(({ least, best }) => least === best).length;
  const text = ({ least, best }: (typeof pairs)[number]) =>
    `${best.game}: ${least.optimizer} chatters least (${number(least.chatter.estimate, 2)}) and has ${number(100 * least.raw.highQuality.estimate, 3)} %, the best is ${best.optimizer} with ${number(100 * best.raw.highQuality.estimate, 3)} %`;
  return {
    claim: "The optimizer whose generator chatters least draws the best samples.",
    verdict: agreeing === 0 ? "false" : agreeing === pairs.length ? "true" : "depends",
    because: `${pairs.map(text).join("; ") || "All runs have diverged"}.`,
  };
}

function qualityTable(all: readonly Row[]): Table {
  return {
    header: ["target", "optimizer", "seeds", "diverged", "modes", ...qualityHeader, "reaches the bar"],
    rows: all.map((row) => [
      row.game,
      row.optimizer,
      String(row.seeds),
      String(row.diverged),
      modesText(row),
      ...qualityCells(row),
      reaches(row) ? "yes" : "no",
    ]),
  };
}

function motionTable(all: readonly Row[]): Table {
  return {
    header: ["target", "optimizer", "chatter (period < 4)", "slow cycle (period > 50)"],
    rows: all.map(({ game, optimizer, seeds, chatter, slowCycle }) => [
      game,
      optimizer,
      cell(chatter, seeds),
      cell(slowCycle, seeds),
    ]),
  };
}
