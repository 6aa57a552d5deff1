import { describe, expect, it } from "vitest";
import { agentSchema, agents, createAgent, definitionOf } from "../../agents/definitions.js";
import { makeVector, spec } from "../../envs/index.js";
import { createEngine } from "../../src/kernels/create.js";
import { createOptimizer } from "../../src/optim/index.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { Streams } from "../../src/rng/streams.js";

const steps = 1100;

function create(name: string) {
  const engine = createEngine("wasm");
  const streams = new Streams(1);
  const options = agentSchema.parse({ name });
  const { copies } = definitionOf(options).defaults;
  // An agent that is for nothing else gets a bandit.
  const id = definitionOf(options).refuse?.(options, { spec: spec("CartPole-v1"), copies, steps })
    ? "ContextualBandit-v0"
    : "CartPole-v1";
  const env = makeVector(id, { copies, streams });
  const optimizer = createOptimizer({ name: "adam" }, engine);
  const network = { hidden: [8], activation: "tanh", slope: 0 } as const;
  const agent = createAgent(options, { engine, env, streams, optimizer, network, steps });
  return { agent, env, engine, streams, columns: Object.keys(definitionOf(options).columns) };
}

describe.each(Object.keys(agents))("the agent %s", (name) => {
  it("is defined under the name that its options have", () => {
    expect(agentSchema.parse({ name }).name).toBe(name);
  });

  it("records a number in each of its columns at every update, and counts them", () => {
    const { agent, env, columns } = create(name);
    let updates = 0;
    while (agent.collect(steps - env.clock, () => {})) {
      const { row, divergence } = agent.learn(false);
      expect(divergence).toBeUndefined();
      for (const column of columns) expect(row[column], column).toEqual(expect.any(Number));
      expect(agent.state.update).toBe(++updates);
    }
    expect(updates).toBeGreaterThan(0);
    expect(env.clock).toBeLessThanOrEqual(steps);
  });

  it("moves its parameters, and stops where the steps do not suffice", () => {
    const { agent, env } = create(name);
    expect(agent.collect(0, () => {})).toBe(false);
    expect(env.clock).toBe(0);
    const before = agent.state.parameters.slice();
    expect(agent.collect(steps, () => {})).toBe(true);
    agent.learn(false);
    expect(agent.state.parameters).not.toEqual(before);
  });

  it("acts with what stands in its state: by its mode, or drawn from a stream", () => {
    const { agent, env, engine } = create(name);
    const { size } = env.spec.observationSpace;
    const observations = engine.allocate(env.copies * size);
    const seen = new RandomStream(1, "data");
    for (let copy = 0; copy < env.copies; copy++) {
      const observation = env.spec.observationSpace.sample(seen);
      const row = observations.subarray(copy * size, (copy + 1) * size);
      if (typeof observation === "number") row[observation] = 1;
      else row.set(observation as Float32Array);
    }
    const act = (stream?: RandomStream) => {
      const actions = new Float32Array(env.copies * env.spec.actionSpace.width);
      agent.act(observations, actions, stream);
      for (let copy = 0; copy < env.copies; copy++) {
        expect(env.spec.actionSpace.fits(actions, copy * env.spec.actionSpace.width)).toBe(true);
      }
      return [...actions];
    };
    expect(act()).toEqual(act());
    const draws = (seed: number) => {
      const stream = new RandomStream(seed, "policy");
      return Array.from({ length: 20 }, () => act(stream));
    };
    expect(draws(1)).toEqual(draws(1));
    expect(draws(1)).not.toEqual(draws(2));
    // A draw of other parameters, each of which prefers something else.
    const choices = [1, 2, 3, 4].map((seed) => {
      new RandomStream(seed, "data").fillNormal(agent.state.parameters);
      return act().join();
    });
    expect(new Set(choices).size).toBeGreaterThan(1);
  });
});
