import { describe, expect, it } from "vitest";
import { groups, hazards } from "../../reports/chapters/centering.js";
import { recoveringUpTo, steps } from "../../reports/chapters/claims/adagrad-stalls.js";
import { paces, score } from "../../reports/chapters/claims/change-pace.js";
import { pairs } from "../../reports/chapters/claims/correction-steadies.js";
import { interferences } from "../../reports/chapters/claims/cosine-interference.js";
import { learnt, lessons } from "../../reports/chapters/claims/curriculum.js";
import { cells, served } from "../../reports/chapters/claims/federated-fairness.js";
import { progresses, shareOfLast } from "../../reports/chapters/claims/federated-noise.js";
import { cycles } from "../../reports/chapters/claims/gan-cycles.js";
import { helped } from "../../reports/chapters/claims/gan-momentum.js";
import { cycleOf } from "../../reports/chapters/claims/gan-rmsprop.js";
import { bestSteps } from "../../reports/chapters/claims/ill-conditioning.js";
import { approach } from "../../reports/chapters/claims/memory.js";
import { byObjective, descents } from "../../reports/chapters/claims/meta-learning.js";
import { follow } from "../../reports/chapters/claims/rl-tracking.js";
import { bestLosses } from "../../reports/chapters/claims/rosenbrock.js";
import { compared, escapes, standApart } from "../../reports/chapters/claims/saddle-escape.js";
import { isPowerOfTwo, scaledPaths } from "../../reports/chapters/claims/scale-invariance.js";
import { rises } from "../../reports/chapters/claims/spike-damping.js";
import { byPeriod, strays } from "../../reports/chapters/claims/tracking.js";
import { advanceLaw } from "../../reports/chapters/claims/variance-signal.js";
import { keptLaw, remainders } from "../../reports/chapters/claims/weight-decay.js";
import { law, standardError, start } from "../../reports/chapters/claims/zero-start.js";
import { claims } from "../../reports/chapters/claims.js";
import { toldSign } from "../../reports/chapters/family.js";
import { groupSteps } from "../../reports/chapters/group-steps.js";
import { orbits } from "../../reports/chapters/orbits.js";
import { byMemory, spikes } from "../../reports/chapters/spikes.js";
import { chooseAndJudge, tuned } from "../../reports/chapters/tuned.js";
import { finishedRun } from "./finished-run.js";

/** Rows of a problem, in the types in which they are stored. */
function rows(columns: Readonly<Record<string, readonly number[]>>) {
  const [some] = Object.values(columns);
  const all = { step: some.map((_, i) => i + 1), normalisedStep: some.map(() => 1), ...columns };
  const stored = Object.entries(all).map(([name, values]) => [name, Float64Array.from(values)]);
  return { metrics: Object.fromEntries(stored) };
}

const diverged = { kind: "diverged", step: 7, reason: "" } as const;

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

describe("scaled paths", () => {
  it("are compared with that of c = 1 and ε = 0", async () => {
    const run = (eps: number, scale: number, q0: number[]) =>
      finishedRun({
        condition: { optimizer: `ε = ${eps}` },
        config: {
          problem: { scale, eigenvalues: [1, 100] },
          optimizer: { rho: 0.9, eps, epsPlacement: "outside" as const },
        },
        tables: rows({ q0, q1: [0, 0], normalisedStep: [4, 1] }),
      });
    const found = await scaledPaths([run(0, 8, [1, 2]), run(0, 1, [1, 2]), run(1, 1, [1.5, 1])]);
    expect(found.map(({ deviation, first }) => [deviation, first])).toEqual([
      [0, 4],
      [0, 4],
      [1, 4],
    ]);
    expect(found[0].law).toBeCloseTo(Math.sqrt(2 / 0.1), 12);
    expect([1024, 0.5, 100].map(isPowerOfTwo)).toEqual([true, true, false]);
  });
});

describe("AdaGrad's and RMSprop's steps", () => {
  const problem = { scales: [100, 1] as [number, number], at: [2] as [number] };

  it("are those after the fall", async () => {
    const config = { problem, optimizer: { name: "adagrad" as const } };
    const [found] = await steps([finishedRun({ config, tables: rows({ normalisedStep: [1, 0.7, 0.01, 0.02] }) })]);
    expect([found.rho, found.after]).toEqual([null, [0.01, 0.02]]);
    expect(found.law(1)).toBeCloseTo(1 / Math.sqrt(20_001), 12);
  });

  it("are back within 100 steps up to ρ = 0.922", () => {
    const config = { problem: { ...problem, at: [100] as [number] }, optimizer: { name: "rmsprop" as const } };
    expect(recoveringUpTo(config)).toBeCloseTo(0.922, 3);
  });
});

describe("the memory", () => {
  it("is read off the step: v = 1/u²", async () => {
    const share = Array.from({ length: 60 }, (_, i) => 1 - Math.exp((i + 1) * Math.log(0.8)));
    const tables = rows({ normalisedStep: share.map((value) => 1 / Math.sqrt(value)) });
    const found = await approach(finishedRun({ config: { optimizer: { rho: 0.8 } }, tables }));
    expect([found.toE, found.toPercent]).toEqual([5, 21]);
    expect(found.meanAge).toBeCloseTo(4, 3);
    expect(found.weightError).toBeLessThan(1e-12);
  });
});

describe("the zero start", () => {
  const config = {
    problem: { means: [1] as [number], deviations: [1] as [number], copies: 100 },
    optimizer: { lr: 0.5, rho: 0.9, biasCorrection: false },
  };

  it("is v over μ₂, its first step and how far it strays from 1 − ρᵗ", async () => {
    const square0 = [1, 2, 3].map((step) => 8 * law(0.9, false, step));
    const found = await start(finishedRun({ config, tables: rows({ square0, step0: [5, 1.05, 1] }) }));
    expect(found).toMatchObject({ rho: 0.9, corrected: false, first: 10, settled: 2 });
    expect(found.share[0]).toBeCloseTo(0.1, 12);
    expect(found.worst).toBeLessThan(1e-9);
  });

  it("has the standard error of one square over n parameters at its first step, corrected", () => {
    const corrected = { ...config, optimizer: { ...config.optimizer, biasCorrection: true } };
    // Var g² = 2 + 4 = 6; over μ₂ = 2 and √100.
    expect(standardError(corrected, 1)).toBeCloseTo(Math.sqrt(6) / 2 / 10, 12);
  });
});

describe("bias correction in CartPole", () => {
  it("is what it adds to the mean episode length, in pairs of seeds", async () => {
    const run = (seed: number, biasCorrection: boolean, episodes: number) =>
      finishedRun({
        seed,
        task: "rl",
        config: { steps: 1000, optimizer: { lr: 0.1, rho: 0.9, biasCorrection } },
        summary: { episodes },
        tables: { metrics: { update: [1], step: [1], changes: [0], updateNorm: [biasCorrection ? 1 : 3] } },
      });
    const [pair] = await pairs([run(1, false, 20), run(2, false, 10), run(1, true, 10), run(2, true, 8)]);
    expect(pair).toMatchObject({ seeds: 2, plain: 75, corrected: 112.5, firstRatio: 3 });
    expect(pair.difference.estimate).toBe(37.5);
  });
});

describe("centering", () => {
  const run = (means: number[], clampVariance = true, failed = false) =>
    finishedRun({
      condition: { optimizer: "o", problem: "p" },
      config: {
        problem: { means, deviations: means.map(() => 2), copies: 2 },
        optimizer: { lr: 0.5, rho: 0.9, centered: true, rhoMean: 0.8, clampVariance },
      },
      outcome: failed ? diverged : { kind: "completed" },
      summary: { clamped: 4 },
      tables: rows({
        ...Object.fromEntries(
          means.flatMap((_, k) => [
            [`square${k}`, [0, 8]],
            [`advance${k}`, [0, 1]],
            [`spread${k}`, [0, 2]],
          ]),
        ),
        normalisedStep: [2, 6],
      }),
    });

  it("is measured over the last half, in units of η and σ", async () => {
    const [one] = await groups([run([2, 4])]);
    expect(one).toMatchObject({ rho: 0.9, rhoMean: 0.8, ratio: 1, variance: 0.5, advance: 2, spread: 4 });
    expect(await groups([run([2, 4], false)])).toEqual([]);
  });

  it("fails by negative variances, which are counted, or by NaN at a step", async () => {
    const [counted, failed] = await hazards([run([2, 4]), run([2], false, true)]);
    expect(counted).toMatchObject({ failed: null, negative: 4 / 8, largest: 3 });
    expect(failed).toMatchObject({ failed: 7, negative: Number.NaN });
  });
});

describe("the escape from a saddle", () => {
  const run = (optimizer: string, inside: number[]) =>
    finishedRun({
      condition: { optimizer, problem: "y₀" },
      config: {
        steps: 4,
        problem: { copies: 4, start: 0, noise: 1, ways: 1, down: 1 },
        optimizer: { name: "sgd", lr: 1 },
      },
      tables: rows({ inside }),
    });

  it("takes as long as a quarter, a half and three quarters of the saddles need", async () => {
    const found = await escapes([run("SGD", [1, 0.5, 0.5, 0.2]), run("RMSprop", [1, 1, 0.7, 0.6])]);
    expect(found.map(({ quartiles }) => quartiles)).toEqual([
      [2, 2, 4],
      [3, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ]);
    expect(standApart(found)).toBe(false);
    expect(compared(found)).toMatchObject({ faster: [], slower: [{ sgd: 2 }], held: [] });
  });
});

describe("steps of groups", () => {
  it("are means over the last half in units of η, beside the law of their way along the mean", async () => {
    const config = { problem: { means: [3], deviations: [4], copies: 2 }, optimizer: { lr: 0.5 } };
    const [one] = await groupSteps([
      finishedRun({ condition: { optimizer: "o" }, config, tables: rows({ step0: [9, 1], advance0: [9, 0.5] }) }),
    ]);
    expect(one).toEqual({ optimizer: "o", mean: 3, deviation: 4, step: 2, advance: 1, samples: 2 });
    expect(advanceLaw(3, 4)).toBe(0.6);
  });
});

describe("interference", () => {
  it("is half of the largest minus the least way over the phases, over their mean", () => {
    const way = (rho: number | null, measured: number) => ({
      label: `${rho}`,
      rho,
      period: 100,
      phase: 0,
      measured,
      law: 1,
    });
    const found = interferences([way(null, 1.5), way(null, 0.5), way(0.9, 1.1), way(0.9, 0.9)]);
    expect(found[0]).toMatchObject({ ratio: 0, strength: 0.5 });
    expect(found[1].ratio).toBeCloseTo(10, 12);
    expect(found[1].strength).toBeCloseTo(0.1, 12);
  });
});

describe("a spike's measures", () => {
  it("are the step at it, the first that is back for good, and the steps lost", async () => {
    const problem = { scales: [1, 100, 1] as [number, number, number], at: [2, 3] as [number, number] };
    const run = (rho: number, after: number[]) =>
      finishedRun({
        config: { problem, optimizer: { name: "rmsprop" as const, lr: 1, rho } },
        tables: rows({ normalisedStep: [1, 1, 5, ...after] }),
      });
    const found = await spikes([run(0.9, [0.5, 0.8, 0.95, 1]), run(0.5, [0.9, 1, 1, 1])]);
    expect(found.map(({ jolt, recovery }) => [jolt, recovery])).toEqual([
      [5, 3],
      [5, 1],
    ]);
    expect(found[0].lost).toBeCloseTo(0.75, 12);
    expect(byMemory(found, 100).map(({ rho }) => rho)).toEqual([0.5, 0.9]);
    expect([rises([1, 1, 2]), rises([2, 1])]).toEqual([true, false]);
  });
});

describe("weight decay", () => {
  it("leaves a share of the start, with a standard error of independent steps", async () => {
    const config = {
      steps: 100,
      problem: { deviations: [2], copies: 25 },
      optimizer: { lr: 0.1, weightDecay: 0.5, decoupled: true },
    };
    const [one] = await remainders([
      finishedRun({ condition: { optimizer: "o" }, config, tables: rows({ position0: [1, 0.8], spread0: [9, 0.1] }) }),
    ]);
    expect(one).toMatchObject({ kept: 0.8, deviation: 2, decoupled: true });
    expect(one.error).toBeCloseTo(0.2, 12);
    expect(keptLaw(config, true, 2)).toBeCloseTo(0.95 ** 100, 12);
    expect(keptLaw(config, false, 2)).toBeCloseTo(Math.exp(-2.5), 12);
  });
});

describe("orbits of two players", () => {
  const run = (beta1: number, r1: number, radius: number, turns = -5) =>
    finishedRun({
      condition: { optimizer: "Adam" },
      config: {
        order: "simultaneous" as const,
        game: { name: "dirac" as const, start: [3, 4] as [number, number], r1 },
        optimizer: { name: "adam", lr: 0.01, rho: 0.98, beta1 },
      },
      summary: { measured: { radius, winding: turns } },
    });

  it("cycle while they turn and have not come near", () => {
    const found = orbits([run(0, 0, 4), run(0, 0, 0.1), run(0, 0, 4, 0.5)]);
    expect(found[0]).toMatchObject({ start: 5, radius: 4, turns: 5 });
    expect(found.map(cycles)).toEqual([true, false, false]);
  });

  it("have RMSprop's own radius η√(8/(1 − ρ))", () => {
    expect(cycleOf(orbits([run(0, 0, 1)])[0])).toBeCloseTo(0.01 * 20, 12);
  });

  it("are helped by momentum where it leaves a smaller radius", () => {
    const found = helped(orbits([run(0, 0, 1), run(0.9, 0, 4), run(0, 1, 1), run(0.9, 1, 0.1)]));
    expect(found.larger.map(({ gamma }) => gamma)).toEqual([0]);
    expect(found.smaller.map(({ gamma }) => gamma)).toEqual([1]);
  });
});

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
