import { describe, expect, it } from "vitest";
import { mixturesReport } from "../../reports/mixtures/report.js";
import { barOf, type MixtureRun, reaches, rowsOf } from "../../reports/mixtures/rows.js";
import { perfect } from "../../reports/parts/game/motion.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import type { Run } from "../../src/study/read.js";
import { finishedRun, finishedStudy } from "./finished-run.js";

const games = {
  Ring: { name: "ring", modes: 8 },
  Grid: { name: "grid", side: 5 },
} as const;
type Game = keyof typeof games;

interface Scores {
  readonly modes: number;
  readonly share: number;
  readonly chatter?: number;
  readonly outcome?: Run["outcome"];
}

/** A run whose averaged generator has a share one point higher and a spread of .6 instead of .9. */
function run(
  game: Game,
  optimizer: string | undefined,
  seed: number,
  { modes, share, chatter = 1, outcome = { kind: "completed" } }: Scores,
): MixtureRun {
  const tables: Record<string, object> = {
    quality: { step: [1], modes: [modes], highQuality: [share] },
    samples: { x: Float64Array.of(0), y: Float64Array.of(0) },
    target: { x: Float64Array.of(0), y: Float64Array.of(0) },
    modes: { x: [0], y: [0], deviation: [1] },
    surface: { x: [0, 1, 0, 1], y: [0, 0, 1, 1], logit: [0, 0, 0, 0] },
  };
  return finishedRun({
    condition: { game, ...(optimizer === undefined ? {} : { optimizer }) },
    seed,
    config: { steps: 30_000, game: games[game] },
    outcome,
    summary: {
      measured: { modes, highQuality: share, reverseKl: 0.1, spread: 0.9, chatter, slowCycle: 1 },
      averaged: { modes, highQuality: share + 0.01, reverseKl: 0.1, spread: 0.6 },
    },
    tables,
  });
}

const seeds = (game: Game, optimizer: string | undefined, first: Scores, second: Scores = first) => [
  run(game, optimizer, 1, first),
  run(game, optimizer, 2, second),
];

async function verdicts(recipe: Run[], optimizers: Run[]) {
  return (await mixturesReport.find(finishedStudy({ recipe, optimizers }))).verdicts;
}

const good = { modes: 8, share: 0.97 };

describe("the bars", () => {
  it("ask for all modes, and 97 % on rings, 95 % on grids", () => {
    expect(barOf(run("Ring", undefined, 1, good))).toEqual({ modes: 8, highQuality: 0.97 });
    expect(barOf(run("Grid", undefined, 1, good))).toEqual({ modes: 25, highQuality: 0.95 });
  });

  it("are reached on average over the seeds, but with all modes by every seed", () => {
    const reached = (first: Scores, second: Scores) => reaches(rowsOf(seeds("Ring", undefined, first, second))[0]);
    expect(reached({ modes: 8, share: 0.96 }, { modes: 8, share: 0.985 })).toBe(true);
    expect(reached({ modes: 8, share: 0.96 }, { modes: 8, share: 0.97 })).toBe(false);
    expect(reached({ modes: 7, share: 0.98 }, { modes: 8, share: 0.98 })).toBe(false);
  });

  it("lie below what a perfect generator scores: 98.89 % within 3σ, at a deviation of .974 σ", () => {
    const stream = new RandomStream(1, "test");
    let [within, squares] = [0, 0];
    for (let i = 0; i < 200_000; i++) {
      const [x, y] = [stream.normal(), stream.normal()];
      const square = x * x + y * y;
      if (square > 9) continue;
      within++;
      squares += square;
    }
    expect(within / 200_000).toBeCloseTo(perfect.highQuality, 2);
    expect(Math.sqrt(squares / (2 * within))).toBeCloseTo(perfect.spread, 2);
  });
});

describe("the verdicts", () => {
  it("say whether the recipe surely reaches its bars, target by target", async () => {
    const sure = await verdicts(
      [...seeds("Ring", undefined, good), ...seeds("Grid", undefined, { modes: 25, share: 0.95 })],
      seeds("Ring", "Adam", good),
    );
    expect(sure.slice(0, 2).map(({ verdict }) => verdict)).toEqual(["true", "true"]);
    const unsure = await verdicts(
      [
        ...seeds("Ring", undefined, { modes: 8, share: 0.985 }, { modes: 8, share: 0.96 }),
        ...seeds("Grid", undefined, { modes: 24, share: 0.99 }),
      ],
      seeds("Ring", "Adam", good),
    );
    expect(unsure.slice(0, 2).map(({ verdict }) => verdict)).toEqual(["not distinguishable", "false"]);
    expect(unsure[1].because).toContain("24 of 25 modes");
  });

  it("tell where only the average of the weights surely does", async () => {
    const [ring] = await verdicts(seeds("Ring", undefined, { modes: 8, share: 0.965 }), seeds("Ring", "Adam", good));
    expect(ring).toMatchObject({
      verdict: "depends",
      because: expect.stringContaining("(averaged 97.5 [97.5, 97.5] %)"),
    });
  });

  it("see that averaging raises the share and narrows the modes", async () => {
    const [, averaging] = await verdicts(seeds("Ring", undefined, good), seeds("Ring", "Adam", good));
    expect(averaging).toMatchObject({ verdict: "depends" });
    expect(averaging.because).toMatch(/from 0\.9 to 0\.6 σ.*too narrow/);
  });

  it("name the optimizers that reach the bars and those that do not, and whether the steadiest is the best", async () => {
    const [, , reached, chatter] = await verdicts(seeds("Ring", undefined, good), [
      ...seeds("Ring", "Adam", { ...good, chatter: 2 }),
      ...seeds("Ring", "Slow", { modes: 8, share: 0.5, chatter: 1 }),
    ]);
    expect(reached.verdict).toBe("false");
    expect(reached.because).toBe("They are reached by Adam; not by Slow (Ring: 8 of 8 modes, 50 %).");
    expect(chatter).toMatchObject({ verdict: "false", because: expect.stringContaining("the best is Adam with 97 %") });
  });

  it("take no run that has diverged for a steady one", async () => {
    const [, , reached, chatter] = await verdicts(seeds("Ring", undefined, good), [
      ...seeds("Ring", "Adam", good),
      ...seeds("Ring", "Wild", { modes: 0, share: 0, chatter: 0, outcome: { kind: "diverged", step: 3, reason: "" } }),
    ]);
    expect(reached.because).toContain("not by Wild (Ring: 0 of 8 modes, 0 %, diverged)");
    expect(chatter).toMatchObject({ verdict: "true", because: expect.stringContaining("Adam chatters least") });
  });
});
