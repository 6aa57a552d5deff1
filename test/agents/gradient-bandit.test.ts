import { describe, expect, it } from "vitest";
import { GradientBandit, gradientBandit } from "../../agents/gradient-bandit.js";
import { rlTask } from "../../agents/task.js";
import { makeVector } from "../../envs/index.js";
import { check } from "../../src/config/check.js";
import { createEngine } from "../../src/kernels/create.js";
import { createOptimizer } from "../../src/optim/index.js";
import { Streams } from "../../src/rng/streams.js";
import { train } from "./train.js";

const lr = 0.1;

function create(id: string, copies: number, options: object = {}) {
  const engine = createEngine("wasm");
  const streams = new Streams(4);
  const env = makeVector(id, { copies, streams });
  const network = { hidden: [], activation: "tanh", slope: 0 } as const;
  const parsed = gradientBandit.schema.parse({ name: "gradientBandit", ...options });
  const optimizer = createOptimizer({ name: "sgd", lr }, engine);
  return { env, agent: new GradientBandit(parsed, { engine, env, streams, optimizer, network, steps: 1e9 }) };
}

const softmax = (preferences: readonly number[]) => {
  const powers = preferences.map(Math.exp);
  return powers.map((power) => power / powers.reduce((sum, x) => sum + x, 0));
};

describe("the gradient bandit", () => {
  it.each(["none", "average"])("moves as far as its expected update says, whatever the baseline: %s", (baseline) => {
    const copies = 40_000;
    const { agent } = create("GaussianBandit-v0", copies, { baseline });
    const { parameters } = agent.state;
    const arms = Array.from(parameters, (_, arm) => arm);
    // The first update brings the average near the mean reward; the second is measured.
    for (let update = 0; update < 2; update++) {
      parameters.set(arms.map((arm) => 0.3 * Math.sin(3 * arm)));
      agent.collect(copies, () => {});
      const before = [...parameters];
      agent.learn(false);
      const pi = softmax(before);
      const means = arms.map((arm) => arm / 10);
      const value = means.reduce((sum, mean, arm) => sum + pi[arm] * mean, 0);
      for (const arm of arms) {
        const expected = lr * pi[arm] * (means[arm] - value);
        // Rewards have deviation 1, so that a pull's part has about √π.
        const error = (5 * lr * Math.sqrt(pi[arm])) / Math.sqrt(copies);
        expect(Math.abs(parameters[arm] - before[arm] - expected)).toBeLessThan(error);
      }
      expect(Math.max(...arms.map((arm) => Math.abs(pi[arm] * (means[arm] - value))))).toBeGreaterThan(0.02);
    }
  });

  it("moves by α (R − R̄)(1[a = A] − π(a)) after each pull, R̄ the mean of the rewards before it", () => {
    const { env, agent } = create("BernoulliBandit-v0", 1);
    const { parameters } = agent.state;
    const pulled: number[] = [];
    const { step } = env;
    env.step = (actions, into) => {
      pulled.push(actions[0]);
      return step.call(env, actions, into);
    };
    const preferences: number[] = Array.from(parameters);
    const rewards: number[] = [];
    for (let t = 0; t < 200; t++) {
      agent.collect(1, () => {});
      const baseline = rewards.reduce((sum, reward) => sum + reward, 0) / Math.max(1, rewards.length);
      const { row } = agent.learn(false);
      expect(row.baseline).toBeCloseTo(baseline, 10);
      const pi = softmax(preferences);
      const [reward, chosen] = [env.rewards[0], pulled[t]];
      rewards.push(reward);
      pi.forEach((p, a) => {
        preferences[a] += lr * (reward - baseline) * ((a === chosen ? 1 : 0) - p);
      });
    }
    expect(new Set(rewards)).toEqual(new Set([0, 1]));
    parameters.forEach((preference, a) => {
      expect(preference).toBeCloseTo(preferences[a], 5);
    });
  });

  it("finds the best arm of each context", () => {
    const { agent } = create("ContextualBandit-v0", 4);
    for (let update = 0; update < 3000; update++) {
      agent.collect(4, () => {});
      agent.learn(false);
    }
    const { parameters } = agent.state;
    for (let context = 0; context < 4; context++) {
      const row = [...parameters.subarray(4 * context, 4 * context + 4)];
      expect(row.indexOf(Math.max(...row))).toBe(context);
    }
  });

  it("follows arms that drift sooner with an average of constant step size", () => {
    const drift = [
      { parameter: "rewardScale", schedule: { name: "at", steps: [2000] }, update: { name: "cycle", values: [-1] } },
    ];
    const run = (agent: object) =>
      train({ env: { id: "GaussianBandit-v0", drift }, agent: { name: "gradientBandit", ...agent }, steps: 2500 }, 1)
        .metrics;
    const [mean, recent] = [run({}), run({ baselineRate: 0.1 })];
    // All rewards turn negative: a mean over all of them is still positive long after.
    expect(mean[2400].baseline).toBeGreaterThan(0);
    expect(recent[2400].baseline).toBeLessThan(0);
  });

  it.each([
    [
      { env: { id: "CartPole-v1" } },
      "env.id: gradientBandit pulls one of n arms, an episode a pull; CartPole-v1 is no bandit",
    ],
    [{ network: { hidden: [8] } }, "network: gradientBandit has no network; leave it out"],
    [{ optimizers: { value: {} } }, "optimizers: gradientBandit has no value network"],
    [{ agent: { baseline: "none", baselineRate: 0.1 } }, "agent.baselineRate: leave it out"],
  ])("refuses %j", (input, message) => {
    const agent = { name: "gradientBandit", ...("agent" in input ? input.agent : {}) };
    const config = { env: { id: "GaussianBandit-v0" }, ...input, agent };
    expect(() => check(rlTask.schema, config, "test")).toThrow(`test: ${message}`);
  });
});
