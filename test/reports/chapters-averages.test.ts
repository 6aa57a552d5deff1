import { describe, expect, it } from "vitest";
import { groups, hazards } from "../../reports/chapters/centering.js";
import { recoveringUpTo, steps } from "../../reports/chapters/claims/adagrad-stalls.js";
import { pairs } from "../../reports/chapters/claims/correction-steadies.js";
import { approach } from "../../reports/chapters/claims/memory.js";
import { isPowerOfTwo, scaledPaths } from "../../reports/chapters/claims/scale-invariance.js";
import { law, standardError, start } from "../../reports/chapters/claims/zero-start.js";
import { finishedRun } from "./finished-run.js";
import { diverged, rows } from "./problem-rows.js";

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
