import { describe, expect, it } from "vitest";
import { Reinforce, reinforce } from "../../agents/reinforce.js";
import { rlTask } from "../../agents/task.js";
import { cartPole } from "../../envs/classic/cart-pole.js";
import { makeVector, register } from "../../envs/index.js";
import { check } from "../../src/config/check.js";
import { createEngine } from "../../src/kernels/create.js";
import { Mlp } from "../../src/nn/mlp.js";
import { createOptimizer } from "../../src/optim/index.js";
import { Streams } from "../../src/rng/streams.js";
import { relativeError } from "../nn/reference.js";
import { backward, flattened, forward, type Network, networkAt, probabilities, zeros } from "./plain-network.js";
import { train } from "./train.js";

register({ ...cartPole, id: "CutShortCartPole-v1", maxEpisodeSteps: 15 });

/** One step of an episode, and how it ended if it did. */
interface Step {
  readonly observation: number[];
  readonly action: number;
  readonly reward: number;
  readonly next: number[];
  readonly end: "terminated" | "truncated" | undefined;
}

const gamma = 0.9;

/** The gradients of policy and value from whole episodes, worked out step by step. */
function gradientsOf(policy: Network, value: Network | undefined, steps: readonly Step[]): Network[] {
  const gradients = [zeros(policy), zeros(value ?? policy)];
  let following = 0;
  for (const { observation, action, reward, next, end } of steps.toReversed()) {
    if (end === "terminated") following = 0;
    if (end === "truncated") following = value === undefined ? 0 : forward(value, next).y[0];
    following = reward + gamma * following;
    const critic = value && forward(value, observation);
    const weight = following - (critic?.y[0] ?? 0);
    const { h, y } = forward(policy, observation);
    const towards = probabilities(y).map((p, k) => (-weight * ((k === action ? 1 : 0) - p)) / steps.length);
    backward(policy, observation, h, towards, gradients[0]);
    if (value && critic) backward(value, observation, critic.h, [(-0.5 * weight) / steps.length], gradients[1]);
  }
  return gradients;
}

describe("REINFORCE", () => {
  it.each(["none", "value"] as const)("steps along the gradient of its episodes' returns: baseline %s", (baseline) => {
    const engine = createEngine("wasm");
    const streams = new Streams(2);
    const env = makeVector("CutShortCartPole-v1", { copies: 1, streams });
    const options = reinforce.schema.parse({
      ...{ name: "reinforce", episodes: 6, gamma, baseline, annealLearningRate: false },
      ...{ normaliseAdvantage: false, maxGradientNorm: null },
    });
    const network = { hidden: [6], activation: "tanh", slope: 0 } as const;
    const optimizer = createOptimizer({ name: "sgd", lr: 1 }, engine);
    const agent = new Reinforce(options, { engine, env, streams, optimizer, network, steps: 1000 });

    const steps: Step[] = [];
    let before: number[] = [];
    const { reset, step } = env;
    env.reset = (into) => {
      const observations = reset.call(env, into);
      before = [...observations];
      return observations;
    };
    env.step = (actions, into) => {
      const after = step.call(env, actions, into);
      const end = env.terminated[0] ? "terminated" : env.truncated[0] ? "truncated" : undefined;
      const next = [...(end === undefined ? after : env.finalObservations)];
      steps.push({ observation: before, action: actions[0], reward: env.rewards[0], next, end });
      before = [...after];
      return after;
    };

    const [policyNet, valueNet] = [2, 1].map((outputs) => new Mlp(engine, { ...network, inputs: 4, outputs }, 1));
    const { parameters } = agent.state;
    const at = () => ({
      policy: networkAt(policyNet.layout, parameters),
      value: baseline === "value" ? networkAt(valueNet.layout, parameters.subarray(policyNet.size)) : undefined,
    });
    const start = at();
    expect(agent.collect(1000, () => {})).toBe(true);
    expect(new Set(steps.map(({ end }) => end))).toEqual(new Set([undefined, "terminated", "truncated"]));
    const [policyGradient, valueGradient] = gradientsOf(start.policy, start.value, steps);
    agent.learn(false);
    const end = at();
    const moved = (from: Network, to: Network) => flattened(from).map((value, i) => value - flattened(to)[i]);
    expect(relativeError(moved(start.policy, end.policy), flattened(policyGradient))).toBeLessThan(1e-4);
    if (start.value === undefined || end.value === undefined) return;
    expect(relativeError(moved(start.value, end.value), flattened(valueGradient))).toBeLessThan(1e-4);
  });

  it("learns: its last 100 episodes are longer than its first", () => {
    const { episodes, result } = train({ agent: { name: "reinforce" }, steps: 40_000 }, 1);
    const mean = (rows: readonly Record<string, number>[]) =>
      rows.reduce((sum, row) => sum + row.return, 0) / rows.length;
    expect(mean(episodes.slice(0, 100))).toBeLessThan(60);
    expect(mean(episodes.slice(-100))).toBeGreaterThan(100);
    expect(result.summary.updates).toBe(episodes.length);
  });

  it("drops what the end of the run cuts off, and stays within its steps", () => {
    const { episodes, metrics, result } = train({ agent: { name: "reinforce", episodes: 3 }, steps: 500 }, 1);
    expect(result.summary.steps).toBe(500);
    expect(metrics.length).toBe(Math.floor(episodes.length / 3));
    expect(metrics.at(-1)?.step).toBeLessThanOrEqual(500);
  });

  it.each([
    [
      { env: { id: "CliffWalking-v1" } },
      "env.id: reinforce learns from whole episodes; those of CliffWalking-v1 need not end",
    ],
    [{ env: { copies: 4 } }, "env.copies: expected 1: reinforce plays one whole episode at a time, found 4"],
    [{ agent: { baseline: "none", valueCoefficient: 1 } }, "agent.valueCoefficient: leave it out: without a baseline"],
    [{ agent: { baseline: "none" }, optimizers: { value: {} } }, "optimizers: reinforce has no value network"],
  ])("refuses %j", (input, message) => {
    const config = { ...input, agent: { name: "reinforce", ...("agent" in input ? input.agent : {}) } };
    expect(() => check(rlTask.schema, config, "test")).toThrow(`test: ${message}`);
  });
});
