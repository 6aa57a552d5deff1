import * as onnx from "onnxruntime-web";
import { beforeAll, expect, it } from "vitest";
import { createTraining, policyOnnx, rlTaskSchema } from "../../agents/index.js";

beforeAll(() => {
  onnx.env.wasm.numThreads = 1;
});

const rows = 50;
/** Rounding alone tells the engines apart. */
const tolerance = 1e-6;

const near = (found: ArrayLike<number>, expected: ArrayLike<number>) => {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(found[i] - expected[i]) / Math.max(1, Math.abs(expected[i])), `entry ${i}`).toBeLessThan(tolerance);
  }
};

const cases = {
  "A2C with tanh, one of two actions": { env: { id: "CartPole-v1", copies: rows }, agent: { name: "a2c" } },
  "REINFORCE with ReLU": {
    env: { id: "Acrobot-v1", copies: 1 },
    agent: { name: "reinforce" },
    network: { hidden: [16], activation: "relu" },
    steps: 1500,
  },
  "PPO on normalised observations, a Gaussian clipped to its box": {
    env: { id: "Pendulum-v1", copies: rows },
    agent: { name: "ppo", rollout: 16, minibatches: 4, normaliseObservations: true, initialDeviation: 0.5 },
    network: { hidden: [16, 16], activation: "leakyRelu", slope: 0.1 },
  },
  "A2C with layer normalisation and squashed actions": {
    env: { id: "MountainCarContinuous-v0", copies: rows },
    agent: { name: "a2c", actions: "squashed" },
    network: { hidden: [16, 8], normalization: "layer" },
  },
  "a linear policy of one-hot observations": {
    env: { id: "FrozenLake-v1", copies: rows },
    agent: { name: "a2c" },
    network: { hidden: [] },
  },
};

it.each(Object.entries(cases))("%s: ONNX Runtime says what the agent says", async (_, input) => {
  const config = rlTaskSchema.parse({ steps: 20_000, ...input });
  const training = createTraining(config, { seed: 1, engine: "wasm" });
  const { agent, env, engine } = training;
  for (let k = 0; k < 3; k++) if (agent.collect(config.steps - env.clock, () => {})) agent.learn(false);

  const copies = env.copies;
  const observations = engine.allocate(copies * env.spec.observationSpace.size);
  engine.fillNormal(training.streams.get("evaluation/onnx"), observations);
  for (let i = 0; i < observations.length; i++) observations[i] *= 3;
  const actions = new Float32Array(copies * env.spec.actionSpace.width);
  agent.act(observations, actions);

  const session = await onnx.InferenceSession.create(policyOnnx({ agent, env, config }));
  const shape = [copies, env.spec.observationSpace.size];
  const found = await session.run({ observation: new onnx.Tensor("float32", Float32Array.from(observations), shape) });
  near(Array.from(found.action.data as Float32Array | BigInt64Array, Number), actions);
  const { networks, own = [] } = agent.inspect();
  const { net, parameters } = networks.policy as NonNullable<typeof networks.policy>;
  if (env.spec.actionSpace.kind === "box") near(found.deviation.data as Float32Array, Float64Array.from(own, Math.exp));
  if (config.agent.name === "ppo") return;
  const outputs = net.forward(parameters, observations, copies);
  near((found.logits ?? found.mean).data as Float32Array, outputs);
});

it("refuses an agent without a network by name", () => {
  const config = rlTaskSchema.parse({ env: { id: "GaussianBandit-v0" }, agent: { name: "gradientBandit" } });
  const training = createTraining(config, { seed: 1, engine: "wasm" });
  expect(() => policyOnnx({ ...training, config })).toThrow("agent: gradientBandit has no network");
});
