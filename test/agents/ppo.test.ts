import { describe, expect, it } from "vitest";
import { Ppo, ppo } from "../../agents/ppo.js";
import { cartPole } from "../../envs/classic/cart-pole.js";
import { makeVector, register } from "../../envs/index.js";
import { createEngine } from "../../src/kernels/create.js";
import { Mlp } from "../../src/nn/mlp.js";
import { createOptimizer } from "../../src/optim/index.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { Streams } from "../../src/rng/streams.js";
import { relativeError } from "../nn/reference.js";
import { flattened, networkAt } from "./plain-network.js";
import { ReferencePpo, type Transition } from "./reference-ppo.js";
import { train } from "./train.js";

register({ ...cartPole, id: "ShortCartPole-v1", maxEpisodeSteps: 14 });

const [copies, steps, hidden, seed] = [4, 16, 8, 3];

describe("PPO", () => {
  it("makes ten updates as an implementation of its own on plain arrays does, from the same rollouts", () => {
    const engine = createEngine("wasm");
    const streams = new Streams(seed);
    const env = makeVector("ShortCartPole-v1", { copies, streams });
    const settings = { epochs: 3, minibatches: 4, gamma: 0.97, lambda: 0.9, clip: 0.1, entropy: 0.02 };
    const options = ppo.schema.parse({
      name: "ppo",
      ...{ ...settings, rollout: steps, valueClip: 0.1, annealLearningRate: false, maxGradientNorm: 0.4 },
    });
    const optimizer = createOptimizer({ name: "adam", lr: 0.01, eps: 1e-3 }, engine);
    const network = { hidden: [hidden], activation: "tanh", slope: 0 } as const;
    const agent = new Ppo(options, { engine, env, streams, optimizer, network, steps: 10 * copies * steps });

    // What the networks look like is asked of networks of the same shape.
    const [policyNet, valueNet] = [2, 1].map((outputs) => new Mlp(engine, { ...network, inputs: 4, outputs }, 1));
    const { parameters } = agent.state;
    const reference = new ReferencePpo(
      networkAt(policyNet.layout, parameters),
      networkAt(valueNet.layout, parameters.subarray(policyNet.size)),
      { ...settings, valueCoefficient: 0.5, maxGradientNorm: 0.4, lr: 0.01, eps: 1e-3 },
    );

    const rollout: Transition[][] = [];
    const rows = (vector: Float32Array, copy: number) => Array.from(vector.subarray(4 * copy, 4 * copy + 4));
    let before: Float32Array = new Float32Array(0);
    const { reset, step } = env;
    env.reset = (into) => {
      before = reset.call(env, into).slice();
      return before;
    };
    env.step = (actions, into) => {
      const after = step.call(env, actions, into);
      rollout.push(
        Array.from({ length: copies }, (_, i) => {
          const [terminated, truncated] = [env.terminated[i] === 1, env.truncated[i] === 1];
          const next = rows(terminated || truncated ? env.finalObservations : after, i);
          return {
            observation: rows(before, i),
            action: actions[i],
            reward: env.rewards[i],
            terminated,
            truncated,
            next,
          };
        }),
      );
      before = after.slice();
      return after;
    };

    const shuffle = new RandomStream(seed, "data");
    const ends = { terminated: 0, truncated: 0, clipped: 0 };
    for (let update = 0; update < 10; update++) {
      rollout.length = 0;
      expect(agent.collect(copies * steps, () => {})).toBe(true);
      for (const { terminated, truncated } of rollout.flat()) {
        ends.terminated += Number(terminated);
        ends.truncated += Number(truncated && !terminated);
      }
      const orders = Array.from({ length: settings.epochs }, () => [...shuffle.permutation(copies * steps)]);
      const { row, divergence } = agent.learn(false);
      reference.update(rollout, orders);
      expect(divergence).toBeUndefined();
      ends.clipped += row.clipFraction;
      const ours = flattened(networkAt(policyNet.layout, parameters)).concat(
        flattened(networkAt(valueNet.layout, parameters.subarray(policyNet.size))),
      );
      const theirs = [...flattened(reference.policy), ...flattened(reference.value)];
      expect(relativeError(ours, theirs), `update ${update}`).toBeLessThan(1e-4);
    }
    // The rollouts had in them what the update treats in several ways.
    expect(Math.min(ends.terminated, ends.truncated)).toBeGreaterThan(5);
    expect(ends.clipped).toBeGreaterThan(0.1);
  });

  const short = { env: { copies: 4 }, agent: { name: "ppo", rollout: 32 }, steps: 128 * 4 };
  const run = (agent: object, optimizer: object = {}) =>
    train({ ...short, agent: { ...short.agent, ...agent }, optimizer }, 1);

  it("stops after the epoch whose mean KL exceeds its target", () => {
    expect(run({}).metrics.map(({ epochs }) => epochs)).toEqual([4, 4, 4, 4]);
    const stopped = run({ targetKl: 1e-7 }).metrics;
    expect(Math.max(...stopped.map(({ epochs }) => epochs))).toBeLessThan(4);
    for (const { epochs, approximateKl } of stopped) if (epochs < 4) expect(approximateKl).toBeGreaterThan(1e-7);
  });

  it("anneals: its updates shrink linearly to the last rollout", () => {
    const frozen = { name: "sgd", lr: 1e-9 };
    const steps = run({ maxGradientNorm: null }, frozen).metrics.map(({ effectiveStep }) => effectiveStep);
    for (const [k, share] of [1, 0.75, 0.5, 0.25].entries()) expect(steps[k] / 1e-9).toBeCloseTo(share, 5);
  });

  it("has ratios of one before the first step: no KL, nothing clipped, a loss of the advantages' mean", () => {
    const { metrics } = run({ epochs: 1, minibatches: 1, normaliseAdvantage: true });
    for (const row of metrics) {
      expect(row.approximateKl).toBeCloseTo(0, 12);
      expect(row.clipFraction).toBe(0);
      expect(row.policyLoss).toBeCloseTo(0, 6);
    }
  });

  it("signals each rollout to the optimizer where asked, so that Adam-Rel's time starts anew", () => {
    const norms = [false, true].map((signalRollouts) => run({ signalRollouts }, { name: "adamRel", lr: 1e-3 }).metrics);
    // At the first rollout there is nothing to start anew.
    expect(norms[1][0]).toEqual(norms[0][0]);
    expect(norms[1][1].updateNorm).not.toBe(norms[0][1].updateNorm);
    const kept = [false, true].map((signalRollouts) => run({ signalRollouts }, { name: "adam" }).result);
    expect(kept[1]).toEqual(kept[0]);
  });

  it("normalises observations and rewards only when asked, and reports returns as they were", () => {
    const [plain, observations, rewards] = [{}, { normaliseObservations: true }, { normaliseRewards: true }].map(
      (agent) => run(agent),
    );
    expect(observations.metrics[0].policyLoss).not.toBe(plain.metrics[0].policyLoss);
    // The first rollout is played alike; its returns are scaled.
    expect(rewards.episodes.slice(0, 4)).toEqual(plain.episodes.slice(0, 4));
    expect(rewards.metrics[0].valueLoss).not.toBe(plain.metrics[0].valueLoss);
    for (const { episodes } of [observations, rewards]) {
      expect(episodes.every((episode) => episode.return === episode.length)).toBe(true);
    }
  });

  it("refuses minibatches that do not divide the rollout, and too few steps for one", () => {
    expect(() => run({ minibatches: 3 })).toThrow(
      "test: agent.minibatches: expected a divisor of the rollout's 4 copies × 32 steps = 128",
    );
    expect(() => train({ ...short, steps: 100 }, 1)).toThrow(
      "steps: expected at least one rollout, 4 copies × 32 steps",
    );
  });

  it("ends as diverged, with step and reason", () => {
    const wild = run({ maxGradientNorm: null }, { name: "sgd", lr: 1e38 });
    expect(wild.result.outcome).toEqual({
      kind: "diverged",
      step: 128,
      reason: expect.stringMatching(/is not finite$/),
    });
    expect(wild.metrics).toHaveLength(1);
  });
});
