import { describe, expect, it } from "vitest";
import { checkGame } from "../../src/play/check-game.js";
import { oscillation } from "../../src/problems/oscillation.js";
import { quadratic, reflect } from "../../src/problems/quadratic.js";
import { rosenbrock } from "../../src/problems/rosenbrock.js";
import { saddle } from "../../src/problems/saddle.js";
import { problemTask } from "../../src/problems/task.js";
import { Streams } from "../../src/rng/streams.js";
import { record } from "../record.js";

const sgd = { name: "sgd", lr: 0.1 };

describe("problems with a loss", () => {
  const streams = () => new Streams(1);
  it.each([
    quadratic({ name: "quadratic", eigenvalues: [1, 10, 3], basis: "axes", scale: 2, noise: 0 }, streams()),
    quadratic({ name: "quadratic", eigenvalues: [1, 10, 3], basis: "mixed", scale: 2, noise: 0 }, streams()),
    rosenbrock({ name: "rosenbrock", start: [-1.2, 1], steepness: 100 }),
    saddle({ name: "saddle", start: 0.1, down: 0.5, ways: 2, noise: 0, copies: 3 }, streams()),
  ])("have the gradient of their loss: $name", (problem) => {
    expect(() => checkGame(problem)).not.toThrow();
  });
});

describe("the quadratic", () => {
  it("has its first eigenvector along (1, …, 1) where they are mixed, by a reflection that is its own inverse", () => {
    const x = Float64Array.of(1, 0, 0, 0);
    reflect(x);
    for (const value of x) expect(value).toBeCloseTo(0.5, 14);
    reflect(x);
    [1, 0, 0, 0].forEach((value, i) => {
      expect(x[i]).toBeCloseTo(value, 14);
    });
  });

  it("shrinks along each eigenvector by 1 − ηλ a step, in either basis", async () => {
    for (const basis of ["axes", "mixed"]) {
      const problem = { name: "quadratic", eigenvalues: [1, 4], basis, start: [1, -2] };
      const { tables } = await record(problemTask, { problem, optimizer: sgd, steps: 3 });
      tables.metrics.q0.forEach((q, i) => {
        expect(q).toBeCloseTo([0.9, 0.81, 0.729][i], 12);
      });
      tables.metrics.q1.forEach((q, i) => {
        expect(q).toBeCloseTo([-1.2, -0.72, -0.432][i], 12);
      });
      expect(tables.metrics.distance[0]).toBeCloseTo(1.2, 12);
    }
  });
});

describe("a run of a problem", () => {
  const problem = { name: "quadratic", eigenvalues: [1], start: [1] };

  it("ends where what it waits for has held for so many steps, and says since when", async () => {
    const until = { observable: "distance", below: 0.5, for: 3 };
    const { tables, result } = await record(problemTask, { problem, optimizer: sgd, steps: 100, until });
    // 0.9⁷ < ½ ≤ 0.9⁶
    expect(result.summary.reached).toBe(7);
    expect(tables.metrics.step.at(-1)).toBe(9);
  });

  it("says null where it never held", async () => {
    const until = { observable: "distance", below: 1e-9 };
    const { result } = await record(problemTask, { problem, optimizer: sgd, steps: 10, until });
    expect(result.summary.reached).toBeNull();
  });

  it("has a row every so many steps, and at the last", async () => {
    const { tables } = await record(problemTask, { problem, optimizer: sgd, steps: 10, every: 4 });
    expect(tables.metrics.step).toEqual([4, 8, 10]);
  });

  it("refuses to wait for what the problem does not observe", async () => {
    const until = { observable: "distanse", below: 1 };
    await expect(record(problemTask, { problem, optimizer: sgd, until })).rejects.toThrow(
      'until.observable: the problem has no observable "distanse"; did you mean "distance"?',
    );
  });

  it("counts how often centered RMSprop took a negative variance as 0", async () => {
    const constant = { name: "scaleJump", scales: [1], at: [] };
    const optimizer = { name: "rmsprop", centered: true, rho: 0.99, rhoMean: 0.9 };
    const { result } = await record(problemTask, { problem: constant, optimizer, steps: 20 });
    expect(result.summary.clamped).toBe(19);
  });
});

describe("random gradients", () => {
  it("average each group's steps over its copies, and give v back as (g/Δθ)²", async () => {
    const problem = { name: "randomGradients", means: [2, 0], deviations: [0, 1], copies: 2000, start: 1 };
    const optimizer = { name: "rmsprop", lr: 0.5, rho: 0.9, eps: 0 };
    const { tables } = await record(problemTask, { problem, optimizer, steps: 60 });
    const { step0, advance0, spread0, square0, position0, square1, advance1 } = tables.metrics;
    expect(step0[0]).toBeCloseTo(0.5 / Math.sqrt(0.1), 12);
    expect(advance0[0]).toBeCloseTo(step0[0], 12);
    expect(position0[0]).toBeCloseTo(1 - step0[0], 12);
    expect(spread0[0]).toBeCloseTo(0, 6);
    expect(square0[59] * 0.25).toBeCloseTo(4 * (1 - Math.exp(60 * Math.log(0.9))), 10);
    expect(square1[59] * 0.25).toBeGreaterThan(0.9);
    expect(square1[59] * 0.25).toBeLessThan(1.1);
    expect(Math.abs(advance1[59])).toBeLessThan(0.05);
  });
});

describe("the saddle", () => {
  it("holds for ever what starts on its ridge without noise, and lets go by 1 + ηδ a step what does not", async () => {
    const run = async (start: number) =>
      record(problemTask, {
        problem: { name: "saddle", start, copies: 2 },
        optimizer: sgd,
        steps: 60,
        until: { observable: "inside", below: 0 },
      });
    expect((await run(0)).result.summary.reached).toBeNull();
    const { result, tables } = await run(0.01);
    expect(tables.metrics.distance[0]).toBeCloseTo(0.011, 6);
    // ln 50/ln 1.1 = 41.05; the quartic slows the last steps a little.
    expect(result.summary.reached).toBeGreaterThanOrEqual(42);
    expect(result.summary.reached).toBeLessThanOrEqual(44);
  });
});

describe("the oscillation", () => {
  it("is 1 + a cos 2π(t/P + φ), from t = 0", () => {
    const problem = oscillation({ name: "oscillation", period: 4, phase: 0.25, amplitude: 0.5 });
    const seen = [1, 2, 3, 4].map((round) => {
      problem.gradient(0);
      problem.afterRound?.(round);
      return problem.players[0].gradients[0];
    });
    [1, 0.5, 1, 1.5].forEach((value, i) => {
      expect(seen[i]).toBeCloseTo(value, 12);
    });
  });
});
