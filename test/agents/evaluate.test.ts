import { expect, it } from "vitest";
import { agentSchema, createAgent } from "../../agents/definitions.js";
import { evaluate } from "../../agents/evaluate.js";
import { makeVector } from "../../envs/index.js";
import { createEngine } from "../../src/kernels/create.js";
import { createOptimizer } from "../../src/optim/index.js";
import { Streams } from "../../src/rng/streams.js";

function trained(steps: number) {
  const engine = createEngine("wasm");
  const streams = new Streams(1);
  const env = makeVector("CartPole-v1", { copies: 16, streams });
  const optimizer = createOptimizer({ name: "rmsprop", lr: 0.002 }, engine);
  const network = { hidden: [32], activation: "tanh", slope: 0 } as const;
  const agent = createAgent(agentSchema.parse({ name: "a2c" }), { engine, env, streams, optimizer, network, steps });
  while (agent.collect(steps - env.clock, () => {})) agent.learn(false);
  return { agent, engine };
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

it("scores a frozen policy: better after training, worse where actions are turned round, and without learning", () => {
  const { agent, engine } = trained(40_000);
  const before = agent.state.parameters.slice();
  const score = (parameters = {}, seed = 5, drawn = false) => {
    const streams = new Streams(seed);
    const env = makeVector("CartPole-v1", { copies: 3, streams, parameters });
    return evaluate(agent, engine, env, 4, drawn ? streams.get("evaluation") : undefined);
  };
  expect(score()).toHaveLength(12);
  expect(score()).toEqual(score());
  expect(score({}, 6)).not.toEqual(score());
  expect(score({}, 5, true)).not.toEqual(score());
  const untrained = trained(0);
  const env = makeVector("CartPole-v1", { copies: 3, streams: new Streams(5) });
  expect(mean(score())).toBeGreaterThan(3 * mean(evaluate(untrained.agent, untrained.engine, env, 4)));
  expect(mean(score({ forceMag: -10 }))).toBeLessThan(20);
  expect(agent.state.parameters).toEqual(before);
});

it("gives every copy as many episodes, the short ones no more", () => {
  const { agent, engine } = trained(20_000);
  const env = makeVector("CartPole-v1", { copies: 2, streams: new Streams(9) });
  const two = evaluate(agent, engine, env, 3);
  const alone = makeVector("CartPole-v1", { copies: 1, streams: new Streams(9) });
  // Copy 0 sees the same starts in both, and the mode of a policy knows no other copy.
  expect(evaluate(agent, engine, alone, 3)).toEqual(two.subarray(0, 3));
});
