import { describe, expect, it } from "vitest";
import { rlTask } from "../../agents/index.js";
import { check } from "../../src/config/check.js";
import { train } from "./train.js";

const box = { id: "Pendulum-v1" };
const relu = { network: { hidden: [16, 16], activation: "relu" } };

describe("a run whose numbers leave the range", () => {
  it.each([
    ["a2c", { name: "a2c", maxGradientNorm: null }, {}, 1e39],
    ["ppo", { name: "ppo", maxGradientNorm: null }, {}, 1e38],
    ["reinforce", { name: "reinforce", maxGradientNorm: null }, {}, 1e39],
    ["reinforce with a value", { name: "reinforce", baseline: "value", maxGradientNorm: null }, {}, 1e39],
    ["gradientBandit", { name: "gradientBandit" }, { env: { id: "ContextualBandit-v0" } }, 1e39],
    // Outputs that are infinite with both signs add up to NaN, so that there are actions which are no numbers.
    ["a2c on a box", { name: "a2c", maxGradientNorm: null }, { env: box, ...relu }, 1e30],
    ["ppo on a box", { name: "ppo", maxGradientNorm: null }, { env: box, ...relu }, 1e30],
    ["reinforce on a box", { name: "reinforce", maxGradientNorm: null }, { env: box, ...relu }, 1e30],
    ["a2c, squashed", { name: "a2c", actions: "squashed", maxGradientNorm: null }, { env: box, ...relu }, 1e30],
  ])("ends as diverged, with its step and why: %s", (_, agent, more, lr) => {
    const { result, metrics } = train({ agent, ...more, optimizer: { name: "sgd", lr }, steps: 20_000 }, 1);
    expect(result.outcome).toEqual({
      kind: "diverged",
      step: metrics.at(-1)?.step,
      reason: expect.stringMatching(/^the (policy's loss|value's loss|gradient|update) is not finite$/),
    });
    expect(result.summary.updates).toBe(metrics.length);
  });
});

describe("an agent that does not fit its environment", () => {
  it.each([
    ["gradientBandit", "Pendulum-v1", "env.id: gradientBandit pulls one of n arms, an episode a pull; Pendulum-v1"],
    ["gradientBandit", "FrozenLake-v1", "env.id: gradientBandit pulls one of n arms, an episode a pull; FrozenLake"],
    ["reinforce", "CliffWalking-v1", "env.id: reinforce learns from whole episodes; those of CliffWalking-v1 need not"],
  ])("is refused in one line: %s on %s", (name, id, message) => {
    const refused = () => check(rlTask.schema, { env: { id }, agent: { name } }, "test");
    expect(refused).toThrow(`test: ${message}`);
    expect(refused).not.toThrow("\n");
  });
});
