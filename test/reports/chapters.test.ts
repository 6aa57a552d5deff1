import { describe, expect, it } from "vitest";
import { bestSteps } from "../../reports/chapters/claims/ill-conditioning.js";
import { bestLosses } from "../../reports/chapters/claims/rosenbrock.js";
import { claims } from "../../reports/chapters/claims.js";
import { chooseAndJudge, tuned } from "../../reports/chapters/tuned.js";
import { finishedRun } from "./finished-run.js";
import { diverged, rows } from "./problem-rows.js";

describe("the claims", () => {
  it("have names that differ, words and a source", () => {
    expect(new Set(claims.map(({ name }) => name)).size).toBe(claims.length);
    for (const { words, source } of claims) {
      expect(words).toMatch(/\.$/);
      expect(source).toMatch(/^(first|second) chapter, /);
    }
  });
});

describe("the best learning rate", () => {
  it("is that of the least score, and is told where it stands at the edge or nothing scored", () => {
    const sweep = [3, 1, 2].map((score, i) => ({ lr: i + 1, score }));
    expect(tuned(sweep)).toEqual({ best: { lr: 2, score: 1 }, atEdge: false });
    expect(tuned(sweep.slice(1)).atEdge).toBe(true);
    expect(tuned([1, 2, 3].map((lr) => ({ lr, score: Number.POSITIVE_INFINITY }))).atEdge).toBe(true);
  });

  it("is chosen on the first seed and judged on the others, of which one alone is both", () => {
    const runs = [101, 1, 2, 101].map((seed, i) => ({ seed, i }));
    const { choosing, judging } = chooseAndJudge(runs);
    expect(choosing.map(({ i }) => i)).toEqual([0, 3]);
    expect(judging.map(({ i }) => i)).toEqual([1, 2]);
    expect(chooseAndJudge(choosing).judging).toEqual(choosing);
  });

  it("is found for each optimizer, basis and condition of the quadratics; what never came near does not count", () => {
    const run = (lr: number, reached: number | null) =>
      finishedRun({
        condition: { optimizer: "SGD", "problem.basis": "axes", "problem.eigenvalues": "[0.1, 1]" },
        config: {
          steps: 9,
          problem: { eigenvalues: [0.1, 1] as [number, number], basis: "axes" as const },
          optimizer: { lr },
        },
        summary: { reached },
      });
    const [found] = bestSteps([run(1, null), run(0.5, 40), run(0.25, 80)]);
    expect(found).toMatchObject({ optimizer: "SGD", condition: 10, best: { lr: 0.5, score: 40 }, atEdge: false });
  });

  it("is found in Rosenbrock's valley, constant and annealed apart; what diverged does not count", async () => {
    const run = (lr: number, loss: number, schedule: Record<string, unknown> | null, failed = false) =>
      finishedRun({
        condition: { optimizer: "SGD", "optimizer.schedule": schedule === null ? "constant" : "annealed" },
        config: { steps: 9, optimizer: { lr, schedule } },
        outcome: failed ? diverged : { kind: "completed" },
        tables: rows({ loss: [4, loss] }),
      });
    const found = await bestLosses([run(1, 0.001, null, true), run(0.5, 0.1, null), run(0.5, 0.2, {})]);
    expect(found.map(({ annealed, best }) => [annealed, best.score])).toEqual([
      [false, 0.1],
      [true, 0.2],
    ]);
  });
});
