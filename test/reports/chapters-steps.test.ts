import { describe, expect, it } from "vitest";
import { interferences } from "../../reports/chapters/claims/cosine-interference.js";
import { cycles } from "../../reports/chapters/claims/gan-cycles.js";
import { helped } from "../../reports/chapters/claims/gan-momentum.js";
import { cycleOf } from "../../reports/chapters/claims/gan-rmsprop.js";
import { compared, escapes, standApart } from "../../reports/chapters/claims/saddle-escape.js";
import { rises } from "../../reports/chapters/claims/spike-damping.js";
import { advanceLaw } from "../../reports/chapters/claims/variance-signal.js";
import { keptLaw, remainders } from "../../reports/chapters/claims/weight-decay.js";
import { groupSteps } from "../../reports/chapters/group-steps.js";
import { orbits } from "../../reports/chapters/orbits.js";
import { byMemory, spikes } from "../../reports/chapters/spikes.js";
import { finishedRun } from "./finished-run.js";
import { rows } from "./problem-rows.js";

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
