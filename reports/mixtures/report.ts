import type { Interval } from "../../src/stats/index.js";
import type { Experiment, Run, Study } from "../../src/study/read.js";
import { modesOverTime, perfect } from "../game/measures.js";
import { pictureOf } from "../game/picture.js";
import { intervalText } from "../interval.js";
import { number, table } from "../markdown.js";
import type { Findings, Report, Verdict } from "../report.js";
import { experiment, groupBy } from "../select.js";
import { optimizerMotion, optimizerQuality, optimizerSamples, recipeCourse, recipeSamples } from "./figures.js";
import { barOf, type Row, reaches, rows, stepsOf } from "./measures.js";

export const mixturesReport: Report = {
  name: "mixtures",
  title: "Mixtures: does a small GAN cover its data?",
  needs: ["recipe", "optimizers"],
  async find(study: Study): Promise<Findings> {
    const recipe = experiment(study, "recipe");
    const optimizers = experiment(study, "optimizers");
    const [recipeRows, optimizerRows] = [rows(recipe), rows(optimizers)];
    const games = [...new Set(optimizerRows.map(({ game }) => game))];
    const byGame = games.map((game) => optimizerRows.filter((row) => row.game === game));
    const hardest = games.at(-1) as string;
    const seed = recipe.seeds[0];
    const steps = stepsOf(recipe);
    return {
      introduction: `A GAN on a mixture of Gaussians is the smallest one that can fail as large ones do: leave out modes, or draw between them. One recipe is measured on three mixtures, then the same recipe under other optimizers; ${number(steps)} steps${steps < recipeSteps ? `, where the recipe has ${number(recipeSteps)}: the bars are for those` : ""}. High quality is the share of samples within 3σ of a mode; a perfect generator has ${number(100 * perfect.highQuality)} %, and a spread of ${number(perfect.spread, 3)} σ within the modes. All numbers are of the generator as it is unless they say "averaged".`,
      verdicts: [
        ...barVerdicts(recipeRows, steps),
        averagingVerdict(recipeRows),
        optimizerVerdict(optimizerRows),
        chatterVerdict(byGame),
      ],
      sections: [
        {
          heading: "The recipe",
          text: `Mean and 95 % interval (Student's t) over the seeds, where there are several.\n\n${recipeTable(recipeRows)}`,
          figure: recipeSamples(await shownOf(recipe, seed, "game"), seed),
        },
        {
          heading: "The recipe over time",
          text: "The quality is that of every twentieth part of the run.",
          figure: recipeCourse(await coursesOf(recipe), recipe.seeds.length),
        },
        {
          heading: "Other optimizers: quality",
          text: qualityTable(optimizerRows),
          figure: optimizerQuality(byGame),
        },
        {
          heading: "Other optimizers: motion",
          text: `Amplitudes of the generator's mean, data units.\n\n${motionTable(optimizerRows)}`,
          figure: optimizerMotion(byGame),
        },
        {
          heading: "Other optimizers: samples",
          text: `On the last target, ${hardest}.`,
          figure: optimizerSamples(
            await shownOf(optimizers, optimizers.seeds[0], "optimizer", hardest),
            hardest,
            optimizers.seeds[0],
          ),
        },
      ],
    };
  },
};

/** Of the recipe as it was found; a shorter study does not do it justice. */
const recipeSteps = 15_000;

/** The pictures of one seed's runs, named by an axis; of one game where it is given. */
async function shownOf({ runs }: Experiment, seed: number, axis: string, game?: string) {
  const chosen = runs.filter((run) => run.seed === seed && (game === undefined || run.condition.game === game));
  return Promise.all(chosen.map(async (run) => ({ name: run.condition[axis], picture: await pictureOf(run) })));
}

async function coursesOf({ runs }: Experiment) {
  const courses = [...groupBy(runs, "game")].map(async ([name, group]: [string, Run[]]) => ({
    name,
    modes: barOf(group[0]).modes,
    time: await modesOverTime(group),
  }));
  return Promise.all(courses);
}

function barVerdicts(all: readonly Row[], steps: number): Verdict[] {
  const short = steps < recipeSteps ? `After ${number(steps)} of ${number(recipeSteps)} steps. ` : "";
  const bars = [...new Set(all.map(({ bar }) => barText(bar)))];
  return bars.map((text) => {
    const ofBar = all.filter(({ bar }) => barText(bar) === text);
    const surely = ofBar.every((row) => reaches(row) && row.raw.highQuality.low >= row.bar.highQuality);
    const reached = ofBar.every(reaches);
    return {
      claim: `The recipe covers ${text}: ${ofBar.map(({ game }) => game).join(" and ")}.`,
      verdict: surely ? "true" : reached ? "not distinguishable" : "false",
      because: `${short}${ofBar
        .map(
          (row) =>
            `${row.game}: ${modesText(row)} modes, ${cell(row.raw.highQuality, row.seeds, 4, 100)} % (averaged ${number(100 * row.averaged.highQuality.estimate)} %)`,
        )
        .join(
          "; ",
        )}; ${ofBar[0].seeds} ${ofBar[0].seeds === 1 ? "seed" : "seeds"}, ceiling ${number(100 * perfect.highQuality)} %.`,
    };
  });
}

const barText = ({ modes, highQuality }: Row["bar"]) =>
  `all ${modes} modes with at least ${number(100 * highQuality)} % of its samples of high quality`;

function averagingVerdict(all: readonly Row[]): Verdict {
  const better = all.every(({ gain }) => gain.highQuality.low > 0);
  const narrower = all.every(({ gain }) => gain.spread.high < 0);
  const text = ({ game, seeds, gain, raw, averaged }: Row) =>
    `${game}: ${cell(gain.highQuality, seeds, 2, 100)} points of high quality, the spread within the modes goes from ${number(raw.spread.estimate, 2)} to ${number(averaged.spread.estimate, 2)} σ`;
  return {
    claim: "Averaging the generator's weights brings its samples closer to the data.",
    verdict: better ? (narrower ? "depends" : "true") : "not distinguishable",
    because: `Averaged less raw, seed by seed. ${all.map(text).join("; ")}. A perfect generator has ${number(perfect.spread, 3)} σ${narrower ? ": the average draws the modes too narrow" : ""}.`,
  };
}

function optimizerVerdict(all: readonly Row[]): Verdict {
  const names = [...new Set(all.map(({ optimizer }) => optimizer))];
  const failures = (name: string) => all.filter((row) => row.optimizer === name && !reaches(row));
  const [good, bad] = [
    names.filter((name) => failures(name).length === 0),
    names.filter((name) => failures(name).length > 0),
  ];
  const told = bad.map(
    (name) =>
      `${name} (${failures(name)
        .map((row) => `${row.game}: ${modesText(row)} modes, ${number(100 * row.raw.highQuality.estimate, 3)} %`)
        .join("; ")})`,
  );
  return {
    claim: "Any of these optimizers reaches the bars with the same recipe.",
    verdict: bad.length === 0 ? "true" : "false",
    because: `They are reached by ${good.join(", ") || "none"}; not by ${told.join(", ") || "none"}.`,
  };
}

function chatterVerdict(byGame: readonly (readonly Row[])[]): Verdict {
  const pairs = byGame.map((group) => ({
    steadiest: group.reduce((a, b) => (b.chatter.estimate < a.chatter.estimate ? b : a)),
    best: group.reduce((a, b) => (b.raw.highQuality.estimate > a.raw.highQuality.estimate ? b : a)),
  }));
  const agreeing = pairs.filter(({ steadiest, best }) => steadiest === best).length;
  const text = ({ steadiest, best }: (typeof pairs)[number]) =>
    `${best.game}: ${steadiest.optimizer} chatters least (${number(steadiest.chatter.estimate, 2)}) and has ${number(100 * steadiest.raw.highQuality.estimate, 3)} %, the best is ${best.optimizer} with ${number(100 * best.raw.highQuality.estimate, 3)} %`;
  return {
    claim: "The optimizer whose generator chatters least draws the best samples.",
    verdict: agreeing === pairs.length ? "true" : agreeing === 0 ? "false" : "depends",
    because: `${pairs.map(text).join("; ")}.`,
  };
}

/** `8`, or `7–8` where the seeds differ, of how many. */
function modesText({ modes, bar }: Row): string {
  const [fewest, most] = [Math.min(...modes), Math.max(...modes)];
  return `${fewest === most ? fewest : `${fewest}–${most}`} of ${bar.modes}`;
}

function recipeTable(all: readonly Row[]): string {
  return table(
    [
      "target",
      "seeds",
      "modes",
      "high quality %",
      "averaged",
      "reverse KL",
      "averaged",
      "spread (σ)",
      "averaged",
      "chatter",
      "slow cycle",
    ],
    all.map((row) => [
      row.game,
      String(row.seeds),
      modesText(row),
      ...qualityCells(row),
      cell(row.chatter, row.seeds),
      cell(row.slowCycle, row.seeds),
    ]),
  );
}

function qualityTable(all: readonly Row[]): string {
  return table(
    [
      "target",
      "optimizer",
      "seeds",
      "diverged",
      "modes",
      "high quality %",
      "averaged",
      "reverse KL",
      "averaged",
      "spread (σ)",
      "averaged",
      "reaches the bar",
    ],
    all.map((row) => [
      row.game,
      row.optimizer,
      String(row.seeds),
      String(row.diverged),
      modesText(row),
      ...qualityCells(row),
      reaches(row) ? "yes" : "no",
    ]),
  );
}

function qualityCells({ raw, averaged, seeds }: Row): string[] {
  return [
    cell(raw.highQuality, seeds, 4, 100),
    cell(averaged.highQuality, seeds, 4, 100),
    cell(raw.reverseKl, seeds),
    cell(averaged.reverseKl, seeds),
    cell(raw.spread, seeds, 3),
    cell(averaged.spread, seeds, 3),
  ];
}

/** One seed has no interval. */
function cell(interval: Interval, seeds: number, digits = 2, factor = 1): string {
  return seeds > 1 ? intervalText(interval, digits, factor) : number(factor * interval.estimate, digits);
}

function motionTable(all: readonly Row[]): string {
  return table(
    ["target", "optimizer", "chatter (period < 4)", "slow cycle (period > 50)"],
    all.map(({ game, optimizer, seeds, chatter, slowCycle }) => [
      game,
      optimizer,
      cell(chatter, seeds),
      cell(slowCycle, seeds),
    ]),
  );
}
