import { describe, expect, it } from "vitest";
import { paces, score } from "../../reports/chapters/claims/change-pace.js";
import { learnt, lessons } from "../../reports/chapters/claims/curriculum.js";
import { cells, served } from "../../reports/chapters/claims/federated-fairness.js";
import { progresses, shareOfLast } from "../../reports/chapters/claims/federated-noise.js";
import { byObjective, descents } from "../../reports/chapters/claims/meta-learning.js";
import { follow, verdictOf } from "../../reports/chapters/claims/rl-tracking.js";
import { byPeriod, strays } from "../../reports/chapters/claims/tracking.js";
import { toldSign } from "../../reports/chapters/family.js";
import { finishedRun } from "./finished-run.js";
import { rows } from "./problem-rows.js";

describe("v under noise that switches", () => {
  const run = (seed: number, rho: number, square: number[], loss: number[], lr = 0.5) =>
    finishedRun({
      seed,
      config: { problem: { low: 1, high: 2, period: 2 }, optimizer: { lr, rho } },
      tables: rows({
        loss,
        scale: [1, 2, 1, 2],
        square: square.map((v) => v / (lr * lr)),
        squareSpread: [0, 0, 0, 0],
        logSquare: square.map((v) => Math.log(v / (lr * lr))),
        logSquareSpread: [0, 0, 0, 0],
      }),
    });

  it("strays from s² by its mean and its spread, over whole periods of the last half", async () => {
    const [one] = await strays([run(1, 0.5, [9, 9, 3, 4], [1, 1, 1, 1])]);
    // v − s² is 2 and 0, the mean of s² is 2.5; ln v/s² is ln 3 and 0.
    expect(one.error).toBeCloseTo(Math.sqrt(2) / 2.5, 12);
    expect(one.logError).toBeCloseTo(Math.log(3) / Math.SQRT2, 12);
    expect(one.squares).toEqual({ low: 1, high: 4, period: 2 });
  });

  it("has a best memory at each period, a seed each", async () => {
    const [period] = byPeriod(
      await strays([run(1, 0.5, [1, 4, 1, 4], [1, 1, 1, 1]), run(1, 0.9, [1, 4, 2, 4], [1, 1, 1, 1])]),
    );
    expect(period.best).toEqual([2]);
    expect(period.points.map(({ rho }) => rho)).toEqual([0.5, 0.9]);
  });

  it("is judged beside the loss on seeds that chose neither memory nor learning rate", async () => {
    const seeds = [101, 1, 2].flatMap((seed) => [
      run(seed, 0.5, [1, 4, 2, 4], [9, 9, 1, 1 + 0.01 * seed]),
      run(seed, 0.5, [1, 4, 2, 4], [9, 9, 3, 3], 0.25),
      run(seed, 0.9, [1, 4, 1, 4], [9, 9, 2, 2 + 0.01 * seed]),
    ]);
    const [lesson] = lessons(await learnt(seeds));
    expect([lesson.learns.rho, lesson.learns.lr, lesson.tracks.ratio.rho, lesson.tracks.square.rho]).toEqual([
      0.5, 0.5, 0.9, 0.9,
    ]);
    expect(lesson.learns.losses).toEqual([1.005, 1.01]);
    expect(lesson.tests.ratio.difference.estimate).toBeCloseTo(1 / 1.0075, 9);
  });
});

describe("federated clients", () => {
  const problem = { centres: [0, 0], deviations: [1, 3], start: 1, localSteps: 1 };

  it("advance by the way after the first rows, and are sure when the way is twice its spread", async () => {
    const [one] = await progresses([
      finishedRun({
        condition: { "+rule": "r", "+shares": "s" },
        config: {
          problem: { ...problem, rule: "server" as const, shares: [3, 1] },
          optimizer: { name: "rmsprop" as const, lr: 0.1 },
        },
        tables: rows({ position: [1, 0.95, 0.9, 0.85], spread: [0, 0, 0, 0.4] }),
      }),
    ]);
    expect(one.advance).toBeCloseTo(0.5, 12);
    expect(one.sure).toBeCloseTo((4 * (0.2 / 0.1) ** 2) / 0.25, 9);
    expect(one.clients).toEqual([
      { share: 0.75, mean: 1, deviation: 1 },
      { share: 0.25, mean: 1, deviation: 3 },
    ]);
    expect(shareOfLast(one.clients)).toBeCloseTo(0.5625 / (0.5625 + 0.5625 + 1), 12);
  });

  it("are served as the worst of them is, at the learning rate that another seed chose", async () => {
    const run = (rule: "server" | "clients", seed: number, lr: number, loss: number, worst: number) =>
      finishedRun({
        seed,
        condition: { "+rule": rule },
        config: { problem: { ...problem, rule }, optimizer: { name: "rmsprop" as const, lr } },
        tables: rows({
          loss: [9, loss],
          loss0: [9, worst],
          loss1: [9, worst / 2],
          position: [0, 1],
          sent: [4, 8],
        }),
      });
    const [cell] = cells(
      await served([
        run("server", 101, 1, 5, 9),
        run("server", 101, 2, 4, 9),
        run("server", 1, 1, 9, 9),
        run("server", 1, 2, 4, 8),
        run("server", 2, 2, 4, 8),
        run("clients", 101, 2, 4, 9),
        run("clients", 1, 2, 5, 4),
        run("clients", 2, 2, 5, 2),
      ]),
    );
    expect(cell.global.worsts).toEqual([8, 8]);
    expect(cell.local.worsts).toEqual([4, 2]);
    expect(Math.exp(cell.test.difference.estimate)).toBeCloseTo(Math.sqrt(8) / 8, 12);
    expect(cell.local.sent).toBe(8);
  });
});

describe("meta-learning", () => {
  const descent = (
    name: string,
    seed: number,
    objective: number[],
    rho: number[],
    speed: number[],
    corrected = false,
  ) =>
    finishedRun({
      seed,
      condition: { "+objective": name },
      config: {
        problem: {
          rho: 0.9,
          eps: 1,
          lr: 1,
          biasCorrection: corrected,
          speed: 1,
          smoothness: 0,
          length: 50,
          heldOut: 4,
        },
      },
      tables: rows({ objective, rho, eps: [1, 2], speed }),
    });

  it("is reached where it ends no worse than the best start of its seed, and told where its optimum is degenerate", async () => {
    const found = byObjective(
      await descents([
        descent("fine", 1, [0, -2], [0.5, 0.9], [-1, -2]),
        descent("fine", 1, [-1.9, -1], [0.9, 0.5], [-2, -1]),
        descent("long", 1, [0, -2], [0.5, 0.999], [-1, -2]),
        descent("corrected", 1, [0, -2], [0.5, 0.999], [-1, -2], true),
        descent("still", 1, [0, -2], [0.5, 0.9], [-1, -0.1]),
      ]),
    );
    expect(found.map(({ reached }) => reached)).toEqual([1, 1, 1, 1]);
    expect(found.map(({ degenerate }) => degenerate?.slice(0, 9))).toEqual([
      undefined,
      "ρ stands ",
      undefined,
      "ε grows a",
    ]);
  });
});

describe("an agent's gradients", () => {
  it("are followed by √v at a delay, and correlate with it", async () => {
    const at = (i: number) => Math.exp(Math.sin(i / 20));
    const update = Array.from({ length: 400 }, (_, i) => i + 1);
    const found = await follow(
      finishedRun({
        config: { optimizer: { rho: 0.9 } },
        tables: {
          metrics: {
            ...Object.fromEntries(["update", "step", "changes"].map((name) => [name, Float64Array.from(update)])),
            policyGradientNorm: Float64Array.from(update, at),
            policyRootSquareAverage: Float64Array.from(update, (i) => 7 * at(i - 11)),
          },
        },
      }),
    );
    expect(found.lag).toBe(11);
    expect(found.correlation).toBeGreaterThan(0.7);
    // Deviation of a sine over whole periods: 1/√2, a little less for the local mean.
    expect(found.moves).toBeGreaterThan(0.6);
    expect(found.moves).toBeLessThan(0.75);
  });

  it("are not said to be lost on √v where an interval merely holds zero", () => {
    const at = (low: number, high: number) => ({ correlation: { estimate: (low + high) / 2, low, high } });
    const [along, against, open] = [at(0.1, 0.9), at(-0.9, -0.1), at(-0.9, 0.9)];
    const verdicts = [[along], [along, open], [open, against], [against]].map(verdictOf);
    expect(verdicts).toEqual(["true", "depends", "not distinguishable", "false"]);
  });
});

describe("the pace of a change", () => {
  const run = (slow: boolean, rho: number, seed: number, length: number) =>
    finishedRun({
      seed,
      task: "rl",
      config: {
        steps: 110,
        env: {
          drift: [
            {
              schedule: slow
                ? { name: "windows" as const, windows: [[11, 50] as [number, number]] }
                : { name: "at" as const, steps: [10] },
            },
          ],
        },
        optimizer: { rho, lr: 1 },
      },
      tables: {
        episodes: {
          step: Float64Array.of(10, ...Array.from({ length: 9 }, (_, i) => 20 + 10 * i)),
          length: Float64Array.of(999, ...new Array<number>(9).fill(length)),
          return: new Float64Array(10),
          copy: new Float64Array(10),
        },
      },
    });

  it("is scored from its beginning on, in windows of which an empty one counts 0", async () => {
    const [abrupt, slow] = await Promise.all([score(run(false, 0.9, 1, 50)), score(run(true, 0.9, 1, 50))]);
    expect(abrupt).toMatchObject({ pace: "abrupt", score: 45 });
    expect(slow).toMatchObject({ pace: "slow", score: 45 });
  });

  it("decides between memories by the difference of their differences, seed by seed", async () => {
    const lengths: readonly (readonly [boolean, number, readonly number[]])[] = [
      [false, 0.9, [100, 110, 121]],
      [false, 0.99, [50, 61, 70]],
      [true, 0.9, [100, 111, 120]],
      [true, 0.99, [130, 140, 151]],
    ];
    const scores = lengths.flatMap(([slow, rho, values]) =>
      values.map((length, i) => score(run(slow, rho, i + 1, length))),
    );
    const found = paces(await Promise.all(scores));
    expect([found.short, found.long]).toEqual([0.9, 0.99]);
    expect([found.abrupt, found.slow, found.interaction].map(toldSign)).toEqual([-1, 1, 1]);
    expect(found.interaction.difference.estimate).toBeCloseTo(0.9 * (30 + 50), 6);
  });
});
