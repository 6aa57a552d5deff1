import { expect, it } from "vitest";
import { agentTensors, createTraining, type RlTaskConfig, rlTaskSchema } from "../../agents/index.js";
import { loadAgentTensors } from "../../agents/tensors.js";
import { decodeSafetensors, encodeSafetensors } from "../../src/interchange/safetensors.js";

const ppo = {
  env: { id: "Pendulum-v1", copies: 2 },
  agent: { name: "ppo", rollout: 32, normaliseObservations: true },
  optimizer: { name: "adam" },
  network: { hidden: [5] },
  steps: 640,
};

function trained(input: object, updates: number, seed = 3) {
  const config: RlTaskConfig = rlTaskSchema.parse(input);
  const training = createTraining(config, { seed, engine: "wasm" });
  for (let k = 0; k < updates; k++) {
    training.agent.collect(config.steps, () => {});
    training.agent.learn(false);
  }
  return training;
}

it("names every tensor of an agent by network, layer and accumulator, with its shape", () => {
  const shapes = [...agentTensors(trained(ppo, 1).agent)].map(([name, { shape }]) => `${name} [${shape}]`);
  const parameters = [
    "policy.layer0.weights [3,5]",
    "policy.layer0.bias [5]",
    "policy.layer1.weights [5,1]",
    "policy.layer1.bias [1]",
    "value.layer0.weights [3,5]",
    "value.layer0.bias [5]",
    "value.layer1.weights [5,1]",
    "value.layer1.bias [1]",
    "policy.logDeviations [1]",
  ];
  expect(shapes.slice(0, parameters.length)).toEqual(parameters);
  for (const tensor of parameters) {
    expect(shapes).toContain(`optimizer.average.${tensor}`);
    expect(shapes).toContain(`optimizer.squareAverage.${tensor}`);
  }
  expect(shapes).toContain("optimizer.step []");
  expect(shapes).toContain("update []");
  expect(shapes).toContain("observationMoments.mean [3]");
});

it("has a policy's and a value's optimizer apart, and the logits of a bandit's agent as one", () => {
  const optimizers = { value: { name: "rmsprop" } };
  const names = [...agentTensors(trained({ ...ppo, optimizers }, 1).agent).keys()];
  expect(names).toContain("optimizers.policy.average.policy.layer0.weights");
  expect(names).toContain("optimizers.policy.average.policy.logDeviations");
  expect(names).toContain("optimizers.value.squareAverage.value.layer1.bias");
  expect(names.filter((name) => /^optimizers\.(policy\..*value|value\..*policy)\.layer/.test(name))).toEqual([]);
  const bandit = trained({ env: { id: "GaussianBandit-v0" }, agent: { name: "gradientBandit" } }, 1);
  expect(agentTensors(bandit.agent).get("parameters")?.shape).toEqual([10]);
});

it("brings another agent to the same actions and the same state, through a file", () => {
  const [one, other] = [trained(ppo, 3).agent, trained(ppo, 0, 4).agent];
  const file = encodeSafetensors({ tensors: agentTensors(one), metadata: {} });
  const { tensors } = decodeSafetensors(file, "file");
  expect(agentTensors(other).get("policy.layer0.weights")).not.toEqual(tensors.get("policy.layer0.weights"));
  loadAgentTensors(other, tensors, { parts: ["parameters"] });
  expect(other.state.parameters).toEqual(one.state.parameters);
  expect(agentTensors(other).get("optimizer.step")?.data).toEqual(Float64Array.of(0));
  loadAgentTensors(other, tensors);
  expect(agentTensors(other)).toEqual(agentTensors(one));
  expect(other.state.update).toBe(3);
});

it("refuses tensors of another agent, and leaves it as it was", () => {
  const { agent } = trained(ppo, 1);
  const before = agent.state.parameters.slice();
  const with_ = (change: (tensors: ReturnType<typeof agentTensors>) => void) => () => {
    const tensors = new Map(
      [...agentTensors(agent)].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
    );
    for (const { data } of tensors.values()) data.fill(0 as never);
    change(tensors);
    loadAgentTensors(agent, tensors, { source: "w.safetensors" });
  };
  expect(with_((tensors) => tensors.delete("value.layer1.bias"))).toThrow(
    "w.safetensors: value.layer1.bias: expected Float32Array [1], found nothing",
  );
  expect(with_((tensors) => tensors.set("policy.layer0.bias", { shape: [4], data: new Float32Array(4) }))).toThrow(
    "policy.layer0.bias: expected Float32Array [5], found Float32Array [4]",
  );
  expect(with_((tensors) => tensors.set("policy.layer0.bais", { shape: [], data: new Float32Array(1) }))).toThrow(
    /no tensor "policy\.layer0\.bais" of the agent.*policy\.layer0\.bias/,
  );
  expect(agent.state.parameters).toEqual(before);
});
