import { describe, expect, it } from "vitest";
import { lawsOf } from "../../src/page/worker/chapters/laws.js";
import { ProblemRun } from "../../src/page/worker/chapters/problem-run.js";
import { problemTaskSchema } from "../../src/problems/task.js";

/** A run beside the closed form of a column: the largest relative difference over the steps from `from` on. */
function worst(column: string, input: Record<string, unknown>, from = 1): number {
  const config = problemTaskSchema.parse(input);
  const law = lawsOf(config)[column];
  if (law === undefined) throw new Error(`no closed form of ${column}`);
  const run = new ProblemRun(config, 1);
  let most = 0;
  while (run.step < config.steps) {
    run.advance();
    const [expected, found] = [law.value(run.step), run.value(column, config.optimizer.lr)];
    if (run.step < from || Number.isNaN(expected)) continue;
    most = Math.max(most, Math.abs(found - expected) / Math.max(Math.abs(expected), 1e-12));
  }
  return most;
}

const jump = { name: "scaleJump", scales: [100, 1, 30], at: [40, 90] };
const rmsprop = { name: "rmsprop", lr: 0.01, rho: 0.9, eps: 0 };

describe("the closed forms beside a claim's run", () => {
  it.each([
    ["RMSprop", rmsprop],
    ["RMSprop, v₀ = 1", { ...rmsprop, initialAccumulator: 1 }],
    ["RMSprop, corrected", { ...rmsprop, biasCorrection: true }],
    ["RMSprop, ρ = 0", { ...rmsprop, rho: 0 }],
    ["AdaGrad", { name: "adagrad", lr: 0.01, eps: 0 }],
    ["gradient descent", { name: "sgd", lr: 0.01 }],
  ])("are the steps under gradients that jump: %s", (_, optimizer) => {
    expect(worst("normalisedStep", { problem: jump, optimizer, steps: 150 })).toBeLessThan(1e-9);
  });

  it("are the way down a quadratic, step by step", () => {
    const problem = { name: "quadratic", eigenvalues: [0.1, 1.5], start: [1, 0.3], scale: 2 };
    for (const column of ["distance", "loss", "q0", "q1"]) {
      expect(worst(column, { problem, optimizer: { name: "sgd", lr: 0.5 }, steps: 60 }), column).toBeLessThan(1e-9);
    }
  });

  it("are the way off a saddle as long as the ridge is near", () => {
    const config = { problem: { name: "saddle", start: 1e-6 }, optimizer: { name: "sgd", lr: 0.01 }, steps: 1000 };
    expect(worst("distance", config)).toBeLessThan(1e-3);
  });

  it("are the mean of v and of a step under random gradients", () => {
    const problem = { name: "randomGradients", means: [0.5, 3], deviations: [1, 1], copies: 4000 };
    const optimizer = { ...rmsprop, rho: 0.99 };
    // The mean of so many squares is known to a few percent; a step's needs a long memory besides.
    expect(worst("square0", { problem, optimizer, steps: 300 })).toBeLessThan(0.08);
    expect(worst("square0", { problem, optimizer: { ...optimizer, biasCorrection: true }, steps: 300 })).toBeLessThan(
      0.08,
    );
    expect(worst("advance1", { problem, optimizer, steps: 900 }, 800)).toBeLessThan(0.05);
    expect(worst("advance1", { problem, optimizer: { name: "sgd", lr: 0.01 }, steps: 20 })).toBeLessThan(0.05);
  });

  it("are what decoupled decay leaves", () => {
    const problem = { name: "randomGradients", means: [0], deviations: [0.1], copies: 4000, start: 1 };
    const optimizer = { ...rmsprop, lr: 0.001, weightDecay: 1, decoupled: true };
    expect(worst("position0", { problem, optimizer, steps: 500 })).toBeLessThan(0.01);
  });

  it("are the mean of v while the noise's scale switches", () => {
    const problem = { name: "switchingNoise", low: 1, high: 10, period: 64, walk: 0, copies: 4000 };
    const config = { problem, optimizer: { ...rmsprop, lr: 1e-7 }, steps: 200 };
    expect(worst("square", config)).toBeLessThan(0.12);
  });

  it("are the way made under rates that swing with the gradient", () => {
    const schedule = { name: "cosineCycle", period: 100, high: 2 };
    for (const optimizer of [
      { name: "sgd", lr: 0.01 },
      { ...rmsprop, eps: 1e-12 },
    ]) {
      const config = {
        problem: { name: "oscillation", period: 100, phase: 0.2 },
        optimizer: { ...optimizer, schedule },
      };
      expect(worst("position", { ...config, steps: 20_000 }, 19_900)).toBeLessThan(0.01);
    }
  });

  it("are how clients move a model, and where it rests", () => {
    const optimizer = { ...rmsprop, rho: 0.99, lr: 1e-5, biasCorrection: true };
    const deviations = [1, 1, 30];
    for (const rule of ["server", "clients"]) {
      const problem = { name: "federated", rule, centres: [0, 0, 0], deviations, copies: 400 };
      expect(worst("position", { problem, optimizer, steps: 2000 }), rule).toBeLessThan(1e-3);
    }
    const problem = { name: "federated", rule: "clients", centres: [0, 0, 3], deviations: [1, 1, 1], copies: 400 };
    const slow = { problem, optimizer: { ...optimizer, lr: 0.003 }, steps: 3000 };
    expect(worst("position", slow, 2900)).toBeLessThan(0.05);
  });

  it("are none where an option changes what they reckon with", () => {
    for (const option of [
      { momentum: 0.9 },
      { centered: true },
      { weightDecay: 0.1 },
      { clip: { by: "norm", limit: 1 } },
    ]) {
      const config = problemTaskSchema.parse({ problem: jump, optimizer: { ...rmsprop, ...option } });
      expect(lawsOf(config), JSON.stringify(option)).toEqual({});
    }
  });
});
