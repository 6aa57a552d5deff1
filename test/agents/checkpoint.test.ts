import { describe, expect, it } from "vitest";
import { type Checkpoint, restoreTraining, saveTraining } from "../../agents/checkpoint.js";
import { type AgentOptions, agentSchema, agents, createAgent } from "../../agents/definitions.js";
import { type DriftInput, makeVector } from "../../envs/index.js";
import { createEngine } from "../../src/kernels/create.js";
import { createOptimizer, type OptimizerInput } from "../../src/optim/index.js";
import { Streams } from "../../src/rng/streams.js";

interface Setup {
  readonly id: string;
  readonly copies: number;
  readonly agent: AgentOptions;
  readonly optimizer?: OptimizerInput;
  readonly drift?: DriftInput;
  readonly hidden?: readonly number[];
}

function start(
  { id, copies, agent: options, optimizer = { name: "adam" }, drift = [], hidden = [6] }: Setup,
  seed = 1,
) {
  const engine = createEngine("wasm");
  const streams = new Streams(seed);
  const env = makeVector(id, { copies, streams, drift });
  const [all, value] = [0, 1].map(() => createOptimizer(optimizer, engine));
  const network = { hidden, activation: "tanh", slope: 0 } as const;
  const optimizers = options.name === "a2c" ? { optimizer: all, valueOptimizer: value } : { optimizer: all };
  const agent = createAgent(options, { engine, env, streams, ...optimizers, network, steps: 1e6 });
  return { agent, env, streams };
}

/** Some updates: each one's row, and the episodes that ended. */
function play({ agent, env }: ReturnType<typeof start>, updates: number): unknown[] {
  const seen: unknown[] = [];
  let { changes } = env;
  for (let update = 0; update < updates; update++) {
    agent.collect(1e6, (...episode) => seen.push(episode));
    seen.push({ ...agent.learn(env.changes !== changes).row }, env.parameters.snapshot());
    changes = env.changes;
  }
  return [...seen, agent.state.parameters.slice()];
}

const drift: DriftInput = [
  {
    parameter: "rewardScale",
    schedule: { name: "geometric", mean: 90 },
    update: { name: "randomWalk", deviation: 0.1 },
  },
  { parameter: "observationNoise", schedule: { name: "at", steps: [50] }, update: { name: "list", values: [0.1] } },
];
const setups: Record<string, Setup> = {
  gradientBandit: {
    ...{ id: "ContextualBandit-v0", copies: 3, agent: agentSchema.parse({ name: "gradientBandit" }) },
    drift: drift.slice(0, 1),
  },
  reinforce: { id: "CartPole-v1", copies: 1, drift, agent: agentSchema.parse({ name: "reinforce", episodes: 2 }) },
  a2c: {
    ...{ id: "CartPole-v1", copies: 3, drift, agent: agentSchema.parse({ name: "a2c", annealLearningRate: true }) },
    optimizer: { name: "rmsprop", centered: true, momentum: 0.5 },
  },
  ppo: {
    ...{ id: "Pendulum-v1", copies: 3, drift },
    agent: agentSchema.parse({
      ...{ name: "ppo", rollout: 16, normaliseObservations: true, normaliseRewards: true, actions: "squashed" },
    }),
  },
};

describe.each(Object.keys(agents))("a checkpoint of %s", (name) => {
  it("goes on with the bits of a training that never stopped, in parts made anew", () => {
    const setup = setups[name];
    const training = start(setup);
    play(training, 7);
    const file = JSON.stringify(saveTraining(training));
    const expected = play(training, 7);
    const resumed = start(setup);
    restoreTraining(JSON.parse(file) as Checkpoint, resumed);
    expect(play(resumed, 7)).toEqual(expected);
    expect(play(start(setup), 7)).not.toEqual(expected);
  });
});

describe("a checkpoint", () => {
  const checkpoint = (): Checkpoint => JSON.parse(JSON.stringify(saveTraining(start(setups.ppo))));

  it.each<[string, Setup, RegExp]>([
    [
      "another network",
      { ...setups.ppo, hidden: [7] },
      /^checkpoint: agent.parameters: expected \d+ numbers of float32, found/,
    ],
    [
      "another optimizer",
      { ...setups.ppo, optimizer: { name: "sgd" } },
      /^checkpoint: agent.optimizers.0: expected the parts step/,
    ],
    [
      "another agent",
      setups.a2c,
      /^checkpoint: agent: expected the parts update, parameters, optimizers, rollout, found/,
    ],
    [
      "another environment",
      { ...setups.ppo, drift: [] },
      /^restore: expected a snapshot of 3 copies of Pendulum-v1 with 0/,
    ],
  ])("is refused by %s, which is left as it was", (_what, setup, message) => {
    const training = start(setup);
    const before = JSON.stringify(saveTraining(training));
    expect(() => restoreTraining(checkpoint(), training)).toThrow(message);
    expect(JSON.stringify(saveTraining(training))).toBe(before);
  });

  it("keeps numbers that JSON has no word for", () => {
    const training = start(setups.ppo);
    const { state } = training.agent;
    state.parameters.set([Number.NaN, -0, Number.POSITIVE_INFINITY]);
    state.update = Number.NEGATIVE_INFINITY;
    const file = JSON.stringify(saveTraining(training));
    const resumed = start(setups.ppo, 2);
    restoreTraining(JSON.parse(file) as Checkpoint, resumed);
    expect(Object.is(resumed.agent.state.parameters[1], -0)).toBe(true);
    expect(resumed.agent.state.parameters[0]).toBeNaN();
    expect(resumed.agent.state.update).toBe(Number.NEGATIVE_INFINITY);
    expect(JSON.stringify(saveTraining(resumed))).toBe(file);
  });
});
