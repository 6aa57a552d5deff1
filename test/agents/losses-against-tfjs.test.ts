import { beforeAll, describe, expect, it } from "vitest";
import { policyLoss } from "../../agents/policies/policy-loss.js";
import { Softmax } from "../../agents/policies/softmax.js";
import { valueLoss } from "../../agents/value-loss.js";
import { Discrete } from "../../envs/spaces/index.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { initialise } from "../../src/nn/initialise.js";
import { orthogonal } from "../../src/nn/initialisers.js";
import { Mlp, type MlpSpec } from "../../src/nn/mlp.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { relativeError } from "../nn/reference.js";
import { expectSameGradients, tf, tfNetwork, tfVariables, tolerance } from "../nn/tfjs-network.js";

const rows = 80;
const choices = 3;
const stream = new RandomStream(5, "init");
const normals = Float64Array.from({ length: rows }, () => stream.normal());

beforeAll(async () => {
  await tf.setBackend("cpu");
});

function network(outputs: number) {
  const engine = createWasmEngine();
  const spec: MlpSpec = { inputs: 4, hidden: [64, 64], outputs, activation: "tanh" };
  const mlp = new Mlp(engine, spec, rows);
  const [parameters, gradients, input] = [mlp.size, mlp.size, rows * 4].map((size) => engine.allocate(size));
  initialise(mlp, parameters, stream, { hidden: orthogonal(Math.SQRT2), output: orthogonal(2) });
  stream.fillNormal(input);
  const x = tf.tensor2d(input.slice(), [rows, 4]);
  return { engine, spec, mlp, parameters, gradients, input, x, variables: tfVariables(mlp.layout, parameters) };
}

describe("the actor-critic's losses beside TensorFlow.js", () => {
  it.each([0, 0.01, 0.5])("give the policy the same loss, entropy and gradients: c_H = %d", (coefficient) => {
    const net = network(choices);
    const actions = Float32Array.from({ length: rows }, () => stream.integer(choices));
    const policy = new Softmax(net.engine, new Discrete(choices), rows);
    const own = new Float32Array(0);
    const logits = net.mlp.forward(net.parameters, net.input, rows);
    policy.evaluate(logits, own, actions);
    const ours = { policyLoss: 0, entropy: 0 };
    policyLoss(policy, normals, ours);
    policy.gradient(normals, coefficient, net.mlp.outputGradient);
    net.mlp.backward(net.parameters, net.mlp.outputGradient, net.gradients);

    const chosen = tf.oneHot(tf.tensor1d(Int32Array.from(actions), "int32"), choices);
    const parts = (all: readonly tf.Tensor[]) => {
      const logProbabilities = tf.logSoftmax(tfNetwork(net.spec, net.x, all));
      const ofActions = tf.sum(tf.mul(logProbabilities, chosen), 1);
      const loss = tf.neg(tf.mean(tf.mul(ofActions, tf.tensor1d(Float32Array.from(normals)))));
      const entropy = tf.neg(tf.mean(tf.sum(tf.mul(tf.exp(logProbabilities), logProbabilities), 1)));
      return { loss, entropy };
    };
    const { loss, entropy } = parts(net.variables);
    expect(relativeError([ours.policyLoss], loss.dataSync())).toBeLessThan(tolerance);
    expect(relativeError([ours.entropy], entropy.dataSync())).toBeLessThan(tolerance);
    const total = (...all: tf.Tensor[]) => {
      const { loss, entropy } = parts(all);
      return tf.sub(loss, tf.mul(entropy, coefficient));
    };
    expectSameGradients(net.mlp.layout, net.gradients, tf.grads(total)(net.variables));
  });

  it("give the value the same loss and gradients", () => {
    const net = network(1);
    const values = net.mlp.forward(net.parameters, net.input, rows);
    const ours = valueLoss(values, normals, 0.7, net.mlp.outputGradient);
    net.mlp.backward(net.parameters, net.mlp.outputGradient, net.gradients);

    const returns = tf.tensor2d(Float32Array.from(normals), [rows, 1]);
    const theirs = (...all: tf.Tensor[]) =>
      tf.mul(tf.mean(tf.square(tf.sub(tfNetwork(net.spec, net.x, all), returns))), 0.5);
    expect(relativeError([ours], theirs(...net.variables).dataSync())).toBeLessThan(tolerance);
    expectSameGradients(
      net.mlp.layout,
      net.gradients,
      tf.grads((...all: tf.Tensor[]) => tf.mul(theirs(...all), 0.7))(net.variables),
    );
  });
});
