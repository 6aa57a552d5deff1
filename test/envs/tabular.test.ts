import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { bestValues, make, makeVector, referenceReturn, type SingleEnv, spec } from "../../envs/index.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { Streams } from "../../src/rng/streams.js";

type Outcome = [probability: number, next: number, reward: number, terminated: boolean];
const golden = JSON.parse(readFileSync(resolve(import.meta.dirname, "../golden/gymnasium-toy-text.json"), "utf8")) as {
  transitions: Record<string, Record<string, Record<string, Outcome[]>>>;
};

const dry = { straight: 1, clockwise: 0, counterclockwise: 0 };

/** A stream whose every uniform draw is the given number. */
function fixedDraw(draw: number): RandomStream {
  const stream = new RandomStream(1, "env");
  stream.uniform = () => draw;
  return stream;
}

describe("transition tables against Gymnasium", () => {
  const cases: [string, string, Record<string, number>][] = [
    ["FrozenLake-v1:slippery", "FrozenLake-v1", {}],
    ["FrozenLake-v1:deterministic", "FrozenLake-v1", dry],
    ["FrozenLake8x8-v1:slippery", "FrozenLake8x8-v1", {}],
    ["CliffWalking-v1", "CliffWalking-v1", {}],
  ];

  it("compares every table there is", () => {
    expect(cases.map(([name]) => name).sort()).toEqual(Object.keys(golden.transitions).sort());
  });

  // Played, not read: a draw in the middle of each outcome's share of [0, 1) must lead to it.
  it.each(cases)("%s", (name, id, parameters) => {
    const table = golden.transitions[name];
    const dynamics = spec(id).dynamics(1);
    dynamics.parameters.setAll(parameters);
    let compared = 0;
    for (const [state, actions] of Object.entries(table)) {
      for (const [action, outcomes] of Object.entries(actions)) {
        let before = 0;
        for (const [probability, next, reward, terminated] of outcomes) {
          for (const draw of [before + 1e-12, before + probability / 2, before + probability - 1e-12]) {
            dynamics.state[0] = Number(state);
            dynamics.step([Number(action)], [fixedDraw(draw)]);
            const found = [dynamics.state[0], dynamics.rewards[0], dynamics.terminated[0] === 1];
            expect([state, action, ...found]).toEqual([state, action, next, reward, terminated]);
          }
          before += probability;
          compared++;
        }
      }
    }
    expect(compared).toBe(Object.values(table).flatMap((actions) => Object.values(actions).flat()).length);
  });
});

describe("the best return", () => {
  it("of the dry lake is the goal's, of the cliff the shortest way, of the maze the way through the gap", () => {
    expect(referenceReturn("FrozenLake-v1", dry)?.value).toBe(1);
    expect(referenceReturn("CliffWalking-v1")?.value).toBe(-13);
    expect(referenceReturn("MovingMaze-v0", { gap: 8 })?.value).toBe(-10);
    expect(referenceReturn("MovingMaze-v0", { gap: 0 })?.value).toBe(-16);
  });

  it("of the two states follows its closed form", () => {
    const cross = 0.7;
    const form = Array.from({ length: 20 }, (_, h) => 1 - (1 - cross) ** (h + 1)).reduce((sum, x) => sum + x, 0);
    expect(referenceReturn("TwoStateMdp-v0", { cross })?.value).toBeCloseTo(form, 12);
    expect(referenceReturn("TwoStateMdp-v0", { cross, reward0: 1, reward1: 0 })?.value).toBe(20);
  });

  it("of the slippery lake is what its greedy policy earns, within the error of the estimate", () => {
    const limit = spec("FrozenLake-v1").maxEpisodeSteps;
    const table = Object.values(golden.transitions["FrozenLake-v1:slippery"]).map((actions) =>
      Object.values(actions).map((outcomes) =>
        outcomes.map(([probability, next, reward, terminated]) => ({ probability, next, reward, terminated })),
      ),
    );
    const best = referenceReturn("FrozenLake-v1")?.value as number;
    const valuesAfter = Array.from({ length: limit }, (_, left) => bestValues(table, left));
    const copies = 400;
    const vector = makeVector("FrozenLake-v1", { copies, streams: new Streams(1) });
    vector.reset();
    const states = new Int32Array(copies);
    const elapsed = new Int32Array(copies);
    const actions = new Int32Array(copies);
    const returns: number[] = [];
    for (let t = 0; t < 500; t++) {
      for (let i = 0; i < copies; i++) {
        const after = valuesAfter[limit - 1 - elapsed[i]];
        const worth = table[states[i]].map((outcomes) =>
          outcomes.reduce((sum, o) => sum + o.probability * (o.reward + (o.terminated ? 0 : after[o.next])), 0),
        );
        actions[i] = worth.indexOf(Math.max(...worth));
      }
      vector.step(actions);
      for (let i = 0; i < copies; i++) {
        states[i] = vector.observations.subarray(16 * i, 16 * i + 16).indexOf(1);
        elapsed[i]++;
        if (!(vector.terminated[i] | vector.truncated[i])) continue;
        elapsed[i] = 0;
        returns.push(vector.episodeReturns[i]);
      }
    }
    const mean = returns.reduce((sum, x) => sum + x, 0) / returns.length;
    // The first episodes to end are short ones, which biases the mean a little beside its standard error.
    expect(Math.abs(mean - best)).toBeLessThan(4 * Math.sqrt((best * (1 - best)) / returns.length) + 0.02);
    expect(best).toBeGreaterThan(0.7);
  });

  it("scales with the reward, and turns into the least under a negative scale", () => {
    expect(referenceReturn("TwoStateMdp-v0", { rewardScale: 2, cross: 1 })?.value).toBe(40);
    expect(referenceReturn("TwoStateMdp-v0", { rewardScale: -2 })?.value).toBeCloseTo(0, 12);
  });

  it("of a bandit is its best arm, of linear tracking the noise that remains", () => {
    expect(referenceReturn("GaussianBandit-v0")).toMatchObject({ value: 0.9, kind: "closed form" });
    expect(referenceReturn("GaussianBandit-v0", { rewardScale: -1, "mean.3": -2 })?.value).toBe(2);
    expect(referenceReturn("BernoulliBandit-v0", { "mean.0": 0.95 })?.value).toBe(0.95);
    expect(referenceReturn("ContextualBandit-v0", { "mean.1.3": 5 })?.value).toBe(2);
    expect(referenceReturn("LinearTracking-v0", { noise: 0.2, target: 7 })?.value).toBeCloseTo(-4, 12);
  });

  it("is stored for classic control, with its provenance, and for the default parameters alone", () => {
    expect(referenceReturn("CartPole-v1")).toEqual({
      value: 500,
      kind: "stored",
      source: "the time limit: no episode can be longer",
    });
    expect(referenceReturn("Acrobot-v1", { gravity: 20 })).toBeUndefined();
    expect(referenceReturn("Acrobot-v1", { rewardScale: 2, "observationOffset.1": 3 })?.value).toBe(-147);
    expect(referenceReturn("Acrobot-v1", { observationNoise: 1 })).toBeUndefined();
    expect(() => referenceReturn("Acrobot-v1", { gravty: 1 })).toThrow('did you mean "gravity"');
  });

  it("follows a drift phase by phase from info", () => {
    const env = make<number>("MovingMaze-v0", {
      drift: [{ parameter: "gap", schedule: { name: "at", steps: [3] }, update: { name: "list", values: [0] } }],
    });
    env.reset({ seed: 1 });
    const phases = Array.from({ length: 5 }, () => referenceReturn("MovingMaze-v0", env.step(3)[4].parameters)?.value);
    expect(phases).toEqual([-10, -10, -10, -16, -16]);
  });
});

describe("drifting distributions", () => {
  const weights = (env: SingleEnv<number>) => {
    const { clockwise, straight, counterclockwise } = env.parameters.snapshot();
    return [clockwise, straight, counterclockwise];
  };
  const drifted = (update: object, steps: number, seed = 1): number[][] => {
    const env = make<number>("FrozenLake-v1", {
      drift: [{ parameter: "slip", schedule: { name: "always" }, update: update as { name: "distributionRandom" } }],
    });
    env.reset({ seed });
    env.step(0);
    return Array.from({ length: steps }, () => {
      env.reset();
      env.step(0);
      return weights(env);
    });
  };
  const sum = (p: number[]) => p.reduce((total, x) => total + x, 0);
  const apart = (p: number[], q: number[]) => sum(p.map((x, i) => Math.abs(x - q[i]))) / 2;
  const ice = [(1 - 1 / 3) / 2, 1 / 3, (1 - 1 / 3) / 2];

  it("take lists and cycles, interpolate and revert to a target", () => {
    const [a, b] = [
      [0.1, 0.8, 0.1],
      [0, 1, 0],
    ];
    expect(drifted({ name: "distributionList", values: [a, b] }, 3)).toEqual([a, b, b]);
    expect(drifted({ name: "distributionCycle", values: [a, b] }, 3)).toEqual([a, b, a]);
    const line = drifted({ name: "distributionLinear", to: b, over: 10 }, 12);
    line.forEach((p, i) => {
      const share = Math.min((i + 1) / 10, 1);
      for (const k of [0, 1, 2]) expect(p[k]).toBeCloseTo(ice[k] + share * (b[k] - ice[k]), 12);
    });
    const back = drifted({ name: "distributionReversion", to: b, rate: 0.25 }, 12);
    for (const [i, p] of back.entries()) expect(p[1]).toBeCloseTo(1 - (2 / 3) * 0.75 ** (i + 1), 12);
  });

  it("grow one probability at the others' cost, within [0, 1]", () => {
    const path = drifted({ name: "distributionIncrement", index: 1, by: 0.1 }, 10);
    path.forEach((p, i) => {
      expect(p[1]).toBeCloseTo(Math.min(1 / 3 + 0.1 * (i + 1), 1), 12);
      expect(p[0]).toBeCloseTo((1 - p[1]) / 2, 12);
    });
  });

  it("move at random by at most the bound, and all together by at most the budget", () => {
    const path = [ice, ...drifted({ name: "distributionBounded", step: 0.05, budget: 0.6 }, 40)];
    const moves = path.slice(1).map((p, i) => apart(p, path[i]));
    expect(Math.max(...moves)).toBeLessThanOrEqual(0.05 + 1e-12);
    expect(Math.max(...moves)).toBeGreaterThan(0.049);
    expect(sum(moves)).toBeLessThanOrEqual(0.6 + 1e-12);
    expect(sum(moves.slice(12))).toBeLessThan(1e-12);
    for (const p of path) expect(sum(p)).toBeCloseTo(1, 12);
  });

  it("draw fresh ones uniformly from the simplex", () => {
    const draws = drifted({ name: "distributionRandom" }, 3000);
    for (let k = 0; k < 3; k++) expect(sum(draws.map((p) => p[k])) / 3000).toBeCloseTo(1 / 3, 1);
    expect(sum(draws.map((p) => p[0] * p[0])) / 3000).toBeCloseTo(1 / 6, 1);
  });

  it("refuse what is no distribution, or not of this environment", () => {
    const wrong = (id: string, parameter: string, update: object) => () =>
      make(id, {
        drift: [{ parameter, schedule: { name: "always" }, update: update as { name: "distributionRandom" } }],
      });
    const list = (values: number[]) => ({ name: "distributionList", values: [values] });
    expect(wrong("FrozenLake-v1", "slip", list([0.5, 0.5]))).toThrow("expected 3 probabilities");
    expect(wrong("FrozenLake-v1", "slip", list([0.5, 0.5, 0.5]))).toThrow("sum 1");
    expect(wrong("FrozenLake-v1", "straight", list([0.5, 0.5]))).toThrow('"straight" is none; valid: slip');
    expect(wrong("CartPole-v1", "gravity", { name: "distributionRandom" })).toThrow("there is none");
    expect(wrong("FrozenLake-v1", "slip", { name: "increment", by: 1 })).toThrow('"slip" is a distribution');
    expect(wrong("FrozenLake-v1", "slip", { name: "distributionIncrement", index: 3, by: 0.1 })).toThrow("at most 2");
    expect(wrong("FrozenLake-v1", "slp", { name: "increment", by: 1 })).toThrow('did you mean "slip"');
  });

  it("keep the weights as they were when all would be zero", () => {
    const env = make<number>("FrozenLake-v1");
    env.parameters.setAll(dry);
    expect(() => env.parameters.set("straight", 0)).toThrow("at least one is positive");
    expect(weights(env)).toEqual([0, 1, 0]);
    env.reset();
    expect(env.step(1)[0]).toBe(4);
  });
});

describe("the maze", () => {
  it("lets through the gap alone", () => {
    const env = make<number>("MovingMaze-v0", { parameters: { gap: 4 } });
    const up = (column: number) => {
      env.reset({ options: { state: [4 * 9 + column] } });
      return env.step(0)[0];
    };
    for (let column = 0; column < 9; column++) expect(up(column)).toBe(column === 4 ? 3 * 9 + 4 : 4 * 9 + column);
    expect(() => env.parameters.set("gap", 9)).toThrow("expected an integer from 0 to 8, found 9");
  });
});

describe("bandits and tracking", () => {
  const mean = (xs: number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;
  const pulls = (id: string, arm: number, parameters: Record<string, number> = {}) => {
    const vector = makeVector(id, { copies: 2000, streams: new Streams(1), parameters });
    vector.reset();
    vector.step(new Int32Array(2000).fill(arm));
    return { rewards: [...vector.rewards], contexts: vector.finalObservations };
  };

  it("pay by their means", () => {
    const gaussian = pulls("GaussianBandit-v0", 7, { "mean.7": 3, deviation: 0.5 }).rewards;
    expect(Math.abs(mean(gaussian) - 3)).toBeLessThan((4 * 0.5) / Math.sqrt(2000));
    expect(Math.sqrt(mean(gaussian.map((x) => (x - 3) * (x - 3))))).toBeCloseTo(0.5, 1);
    const bernoulli = pulls("BernoulliBandit-v0", 9).rewards;
    expect(new Set(bernoulli)).toEqual(new Set([0, 1]));
    expect(Math.abs(mean(bernoulli) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 2000));
  });

  it("pay by the context that is seen", () => {
    const { rewards, contexts } = pulls("ContextualBandit-v0", 2, { deviation: 0 });
    const seen = rewards.map((_, i) => contexts.subarray(4 * i, 4 * i + 4).indexOf(1));
    expect(new Set(seen).size).toBe(4);
    expect(rewards).toEqual(seen.map((context) => (context === 2 ? 1 : 0)));
  });

  it("tracking's best action leaves the noise alone", () => {
    const env = make<Float32Array, number[]>("LinearTracking-v0", { parameters: { target: 3, noise: 0.2 } });
    const rewards: number[] = [];
    env.reset({ seed: 1 });
    for (let t = 0; t < 4000; t++) {
      const [, reward, , truncated] = env.step([3 - 0.9 * env.state[0]]);
      rewards.push(reward);
      if (truncated) env.reset();
    }
    expect(mean(rewards) / -0.04).toBeCloseTo(1, 1);
  });
});
