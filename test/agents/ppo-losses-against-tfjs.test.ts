import { beforeAll, describe, expect, it } from "vitest";
import { Softmax } from "../../agents/policies/softmax.js";
import { clippedSurrogate, clippedValueLoss } from "../../agents/ppo-losses.js";
import { Discrete } from "../../envs/spaces/index.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { relativeError } from "../nn/reference.js";
import { tf, tolerance } from "../nn/tfjs-network.js";

const [rows, choices, epsilon] = [200, 3, 0.2];
const stream = new RandomStream(11, "data");
const normals = (size: number, deviation = 1) => Float64Array.from({ length: size }, () => deviation * stream.normal());
const column = (values: Float64Array) => tf.tensor1d(Float32Array.from(values));

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("PPO's losses beside TensorFlow.js", () => {
  it("give the policy the same loss and gradient, rows beyond the clipping on both sides", () => {
    const engine = createWasmEngine();
    const policy = new Softmax(engine, new Discrete(choices), rows);
    const logits = engine.allocate(rows * choices);
    stream.fillNormal(logits);
    const actions = Float32Array.from({ length: rows }, () => stream.integer(choices));
    policy.evaluate(logits, new Float32Array(0), actions);
    const oldLogs = policy.logProbabilities.map((log) => log + 0.3 * stream.normal());
    const [advantages, weights] = [normals(rows), new Float64Array(rows)];
    const ours = { policyLoss: 0, entropy: 0, approximateKl: 0, clipFraction: 0 };
    clippedSurrogate(policy, { advantages, oldLogs }, epsilon, weights, ours);
    const gradient = engine.allocate(rows * choices);
    policy.gradient(weights, 0.05, gradient);

    const chosen = tf.oneHot(tf.tensor1d(Int32Array.from(actions), "int32"), choices);
    const loss = (at: tf.Tensor) => {
      const logs = tf.logSoftmax(at as tf.Tensor2D);
      const ratio = tf.exp(tf.sub(tf.sum(tf.mul(logs, chosen), 1), column(oldLogs)));
      const gain = tf.mul(ratio, column(advantages));
      const held = tf.mul(tf.clipByValue(ratio, 1 - epsilon, 1 + epsilon), column(advantages));
      const entropy = tf.neg(tf.mean(tf.sum(tf.mul(tf.exp(logs), logs), 1)));
      return tf.sub(tf.neg(tf.mean(tf.minimum(gain, held))), tf.mul(0.05, entropy)) as tf.Scalar;
    };
    const at = tf.tensor2d(logits.slice(), [rows, choices]);
    expect(relativeError([ours.policyLoss - 0.05 * ours.entropy], loss(at).dataSync())).toBeLessThan(tolerance);
    expect(relativeError(gradient, tf.grad(loss)(at).dataSync())).toBeLessThan(tolerance);
    for (const sign of [-1, 1]) {
      expect(weights.filter((weight, row) => weight === 0 && sign * advantages[row] > 0).length).toBeGreaterThan(5);
    }
    expect(ours.clipFraction).toBeGreaterThan(0.2);
    expect(ours.approximateKl).toBeGreaterThan(0.01);
  });

  it.each([0.2, null])("give the value the same loss and gradient: ε = %s", (limit) => {
    const [values, returns] = [normals(rows), normals(rows)];
    const oldValues = values.map((value) => value + 0.3 * stream.normal());
    const gradient = new Float32Array(rows);
    const ours = clippedValueLoss(values, { returns, oldValues }, limit, 0.7, gradient);

    const loss = (at: tf.Tensor) => {
      const error = tf.square(tf.sub(at, column(returns)));
      const change = tf.sub(at, column(oldValues));
      const held = tf.add(column(oldValues), tf.clipByValue(change, -(limit ?? 100), limit ?? 100));
      const heldError = tf.square(tf.sub(held, column(returns)));
      return tf.mul(0.5, tf.mean(limit === null ? error : tf.maximum(error, heldError))) as tf.Scalar;
    };
    const at = column(values);
    expect(relativeError([ours], loss(at).dataSync())).toBeLessThan(tolerance);
    const theirs = tf
      .grad((x: tf.Tensor) => tf.mul(0.7, loss(x)) as tf.Scalar)(at)
      .dataSync();
    expect(relativeError(gradient, theirs)).toBeLessThan(tolerance);
    expect(gradient.filter((slope) => slope === 0).length > 5).toBe(limit !== null);
  });
});
