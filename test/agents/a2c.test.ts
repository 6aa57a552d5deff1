import { describe, expect, it } from "vitest";
import { rlTask } from "../../agents/index.js";
import { names, register, spec } from "../../envs/index.js";
import { MultiDiscrete } from "../../envs/spaces/index.js";
import { check } from "../../src/config/check.js";
import { train } from "./train.js";

describe("A2C on CartPole-v1", () => {
  it("learns: some 100 episodes in a row reach a mean of 150 within 100k steps", () => {
    const { episodes } = train({ steps: 100_000 }, 1);
    const returns = episodes.map((episode) => episode.return);
    const best = Math.max(
      ...returns.slice(99).map((_, end) => returns.slice(end, end + 100).reduce((sum, x) => sum + x, 0) / 100),
    );
    const first = returns.slice(0, 100).reduce((sum, x) => sum + x, 0) / 100;
    expect(first).toBeLessThan(60);
    expect(best).toBeGreaterThan(150);
  });

  it("is the same run, bit for bit, from the same seed, and another from another", () => {
    const config = {
      env: {
        drift: [
          {
            parameter: "length",
            schedule: { name: "every", period: 2000 },
            update: { name: "cycle", values: [1, 0.5] },
          },
        ],
      },
      steps: 6000,
    };
    const [once, again, other] = [1, 1, 2].map((seed) => train(config, seed));
    expect(again).toEqual(once);
    expect(other.result.parametersSha256).not.toBe(once.result.parametersSha256);
  });

  it("sees the same random numbers under every optimizer: the first rollout is the same", () => {
    const runs = ["sgd", "rmsprop", "adam"].map((name) => train({ optimizer: { name }, steps: 160 }, 4));
    for (const { metrics } of runs) {
      expect(metrics[0].policyLoss).toBe(runs[0].metrics[0].policyLoss);
      expect(metrics[0].gradientNorm).toBe(runs[0].metrics[0].gradientNorm);
      expect(metrics[1].policyLoss === runs[0].metrics[1].policyLoss).toBe(metrics === runs[0].metrics);
    }
  });

  it("clips the global norm, and not at all with null", () => {
    const optimizer = { name: "sgd", lr: 1 };
    const clipped = train({ agent: { maxGradientNorm: 0.01 }, optimizer, steps: 80 }, 1).metrics[0];
    const free = train({ agent: { maxGradientNorm: null }, optimizer, steps: 80 }, 1).metrics[0];
    expect(clipped.gradientNorm).toBe(free.gradientNorm);
    expect(clipped.gradientNorm).toBeGreaterThan(0.1);
    expect(clipped.updateNorm).toBeCloseTo(0.01, 7);
    expect(free.updateNorm).toBeCloseTo(free.gradientNorm, 6);
    expect(clipped.effectiveStep).toBeCloseTo(1, 6);
    expect(free.effectiveStep).toBeCloseTo(1, 6);
  });

  it("anneals: the update shrinks linearly to the last rollout", () => {
    const config = { optimizer: { name: "sgd", lr: 0.5 }, agent: { maxGradientNorm: 1e-6, annealLearningRate: true } };
    const { metrics } = train({ ...config, steps: 4 * 80 }, 1);
    const steps = metrics.map(({ effectiveStep }) => effectiveStep);
    for (const [k, share] of [1, 0.75, 0.5, 0.25].entries()) expect(steps[k]).toBeCloseTo(0.5 * share, 6);
  });

  it("normalises advantages only when asked", () => {
    const norms = [false, true].map(
      (normaliseAdvantage) => train({ agent: { normaliseAdvantage }, steps: 80 }, 1).metrics[0].policyLoss,
    );
    expect(Math.abs(norms[1])).toBeLessThan(0.01);
    expect(Math.abs(norms[0])).toBeGreaterThan(0.1);
  });
});

describe("the rl task", () => {
  it("writes a row per update and a row per episode", () => {
    const drift = [
      { parameter: "forceMag", schedule: { name: "at", steps: [1024] }, update: { name: "cycle", values: [-10] } },
      { parameter: "length", schedule: { name: "every", period: 1536 }, update: { name: "cycle", values: [1, 0.5] } },
    ];
    const { metrics, episodes, result } = train({ env: { copies: 4, drift }, agent: { rollout: 32 }, steps: 4000 }, 1);
    expect(metrics.map(({ update }) => update)).toEqual(Array.from({ length: 31 }, (_, k) => k + 1));
    expect(metrics.map(({ step }) => step)).toEqual(Array.from({ length: 31 }, (_, k) => 128 * (k + 1)));
    for (const { step, forceMag, length, changes } of metrics) {
      expect(forceMag).toBe(step <= 1024 ? 10 : -10);
      expect(length).toBe(step <= 1536 ? 0.5 : step <= 3072 ? 1 : 0.5);
      expect(changes).toBe(Number(step > 1024) + Number(step > 1536) + Number(step > 3072));
    }
    expect(metrics[0].rootSquareAverage).toBeGreaterThan(0);
    expect(metrics[0].entropy).toBeCloseTo(Math.log(2), 3);
    expect(episodes.length).toBeGreaterThan(50);
    expect(new Set(episodes.map(({ copy }) => copy))).toEqual(new Set([0, 1, 2, 3]));
    expect(episodes.every((episode) => episode.return === episode.length)).toBe(true);
    const last = episodes.slice(-100);
    const windowMeans = Array.from({ length: 10 }, (_, k) => {
      const some = episodes.filter(({ step }) => Math.ceil((10 * step) / (31 * 128)) === k + 1);
      return some.reduce((sum, one) => sum + one.return, 0) / some.length;
    });
    expect(result.outcome).toEqual({ kind: "completed" });
    expect(result.summary).toEqual({
      episodes: episodes.length,
      meanReturnLast100: last.reduce((sum, episode) => sum + episode.return, 0) / last.length,
      meanReturnOverTime: windowMeans.reduce((sum, one) => sum + one, 0) / windowMeans.length,
      changes: 3,
      steps: 31 * 128,
      updates: 31,
    });
  });

  it("has no root mean square where the optimizer keeps none", () => {
    expect(train({ optimizer: { name: "sgd" }, steps: 80 }, 1).metrics[0].rootSquareAverage).toBeNaN();
  });

  it("ends as diverged, with step and reason, and keeps the last finite parameters", () => {
    const wild = { optimizer: { name: "sgd", lr: 1e39 }, agent: { maxGradientNorm: null } };
    const { result, metrics } = train({ ...wild, steps: 10_000 }, 1);
    expect(result.outcome).toEqual({ kind: "diverged", step: 80, reason: "the update is not finite" });
    expect(metrics).toHaveLength(1);
    const still = train({ optimizer: { name: "sgd", lr: 0 }, steps: 80 }, 1);
    expect(result.parametersSha256).toBe(still.result.parametersSha256);
    const large = train({ optimizer: { name: "sgd", lr: 1e25 }, agent: { maxGradientNorm: null }, steps: 10_000 }, 1);
    expect(large.result.outcome).toMatchObject({ kind: "diverged", reason: expect.stringMatching(/loss|gradient/) });
    expect(large.metrics.length).toBeGreaterThan(1);
  });

  it("fills in defaults, those of a named optimizer too", () => {
    const config = check(rlTask.schema, {}, "test");
    expect(config).toMatchObject({
      env: { id: "CartPole-v1", copies: 16, parameters: {}, drift: [] },
      agent: { name: "a2c", gamma: 0.99, lambda: 0.95 },
      optimizer: { name: "rmsprop", rho: 0.99 },
      network: { hidden: [64, 64], activation: "tanh" },
      steps: 500_000,
    });
    const optimizer = (input: object) => check(rlTask.schema, { optimizer: input }, "test").optimizer;
    expect(optimizer({ rho: 0.9 })).toMatchObject({ name: "rmsprop", rho: 0.9, lr: config.optimizer.lr });
    expect(optimizer({ name: "sgd" }).lr).toBeGreaterThan(optimizer({ name: "adam" }).lr);
    expect(optimizer({ name: "adam", lr: 0.5 })).toMatchObject({ name: "adam", lr: 0.5, beta1: 0.9 });
  });

  it.each([
    [
      { env: { id: "CartPole" } },
      `env.id: expected one of ${names().join(", ")}, process (did you mean "CartPole-v1"?), found "CartPole"`,
    ],
    [{ env: { copys: 4 } }, 'env: unknown key "copys"; did you mean "copies"?'],
    [{ env: { parameters: { mass: 1 } } }, "env.parameters.mass: no parameter of CartPole-v1: expected one of gravity"],
    [{ env: { parameters: { length: -1 } } }, "env.parameters.length: expected a positive number, found -1"],
    [
      {
        env: {
          drift: [{ parameter: "force", schedule: { name: "at", steps: [1] }, update: { name: "cycle", values: [1] } }],
        },
      },
      'env.drift.0.parameter: unknown parameter "force"; did you mean "forceMag"? valid: gravity, massCart',
    ],
    [
      {
        env: {
          drift: [{ parameter: "tau", schedule: { name: "at", steps: [1] }, update: { name: "cycle", values: [0] } }],
        },
      },
      "env.drift.0.update: tau: expected a positive number, found",
    ],
    [{ agent: { name: "a3c" } }, 'agent.name: unknown name "a3c"; did you mean "a2c"?'],
    [{ optimizer: { name: "rmsprp" } }, 'optimizer.name: unknown name "rmsprp"; did you mean "rmsprop"?'],
    [{ optimizer: { name: "rmsprop", rhoo: 0.9 } }, 'optimizer: unknown key "rhoo"; did you mean "rho"?'],
    [{ agent: { gamma: 1.5 } }, "agent.gamma: expected at most 1, found 1.5"],
    [{ steps: 79 }, "steps: expected at least one rollout, 16 copies × 5 steps = 80, found 79"],
  ])("refuses %j", (input, message) => {
    expect(() => check(rlTask.schema, input, "test")).toThrow(`test: ${message}`);
  });

  it("refuses actions that no policy is for, and a choice of a policy where there is none", () => {
    const actionSpace = new MultiDiscrete([2, 3]);
    register({ ...spec("CartPole-v1"), id: "TwoLeverCartPole-v1", actionSpace });
    expect(() => check(rlTask.schema, { env: { id: "TwoLeverCartPole-v1" } }, "test")).toThrow(
      "test: env.id: agents choose one of n actions or from a box; TwoLeverCartPole-v1 takes 2 integers from",
    );
    expect(() => check(rlTask.schema, { agent: { actions: "squashed" } }, "test")).toThrow(
      "test: agent.actions: CartPole-v1 takes an integer from 0 to 1: leave it out; the policy is a softmax",
    );
    const unbounded = { env: { id: "LinearTracking-v0" }, agent: { actions: "squashed" } };
    expect(() => check(rlTask.schema, unbounded, "test")).toThrow(
      "test: agent.actions: expected gaussian: squashing needs bounds, and LinearTracking-v0 takes 1 number from",
    );
  });

  it("trains policy and value by optimizers of their own, each with its own state", () => {
    const together = { name: "rmsprop", rho: 0.9 };
    const run = (config: object) => train({ ...config, steps: 800 }, 1);
    const [one, apart] = [
      run({ optimizer: together }),
      run({ optimizer: together, optimizers: { value: { rho: 0.999 } } }),
    ];
    // RMSprop treats each parameter by itself: the policy's first step is the same, the value's is not.
    expect(apart.metrics[0].policyUpdateNorm).toBe(one.metrics[0].policyUpdateNorm);
    expect(apart.metrics[0].valueUpdateNorm).not.toBe(one.metrics[0].valueUpdateNorm);
    expect(run({ optimizer: together, optimizers: {} }).result).toEqual(one.result);
    const config = check(rlTask.schema, { optimizers: { policy: { name: "adam" } } }, "test");
    expect(config.optimizers?.policy).toMatchObject({ name: "adam", lr: 0.002 });
  });

  it("measures policy and value apart: their norms make up the whole", () => {
    const limit = 4;
    const { metrics } = train({ agent: { maxGradientNorm: limit }, steps: 1600 }, 1);
    for (const row of metrics) {
      expect(Math.hypot(row.policyGradientNorm, row.valueGradientNorm)).toBeCloseTo(row.gradientNorm, 5);
      expect(Math.hypot(row.policyUpdateNorm, row.valueUpdateNorm)).toBeCloseTo(row.updateNorm, 6);
      expect(row.clippedGradientNorm).toBe(Math.min(row.gradientNorm, limit));
      expect(row.clippedShare).toBe(row.gradientNorm > limit ? 1 : 0);
    }
    expect(new Set(metrics.map(({ clippedShare }) => clippedShare)).size).toBe(2);
  });
});
