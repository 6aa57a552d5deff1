import { beforeAll, describe, expect, it } from "vitest";
import { Gaussian } from "../../../agents/policies/gaussian.js";
import { policyLoss } from "../../../agents/policies/policy-loss.js";
import { SquashedGaussian } from "../../../agents/policies/squashed.js";
import { Box } from "../../../envs/spaces/index.js";
import { RandomStream } from "../../../src/rng/random-stream.js";
import { relativeError } from "../../nn/reference.js";
import { tf, tolerance } from "../../nn/tfjs-network.js";

const [rows, width] = [40, 2];
const stream = new RandomStream(7, "data");
const normals = (size: number) => Float32Array.from({ length: size }, () => stream.normal());
const [means, actions, weights] = [rows * width, rows * width, rows].map(normals);
const own = Float32Array.of(-0.5, 0.25);
const box = new Box([-1, 0], [1, 8]);

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** − mean(w log N(a; μ, σ²)) − c_H H of the normals, and where squashed log π less what squashing adds. */
function loss(mu: tf.Tensor, omega: tf.Tensor, entropyCoefficient: number, squashed: boolean): tf.Scalar {
  const a = tf.tensor2d(actions, [rows, width]);
  const z = tf.div(tf.sub(a, mu), tf.exp(omega));
  const logs = tf.sum(tf.sub(tf.mul(-0.5, tf.square(z)), tf.add(omega, 0.5 * Math.log(2 * Math.PI))), 1);
  const halves = tf.tensor1d([1, 4]);
  const slopes = tf.sum(tf.log(tf.mul(halves, tf.sub(1, tf.square(tf.tanh(a))))), 1);
  const logProbabilities = squashed ? tf.sub(logs, slopes) : logs;
  const entropy = tf.sum(tf.add(omega, 0.5 * Math.log(2 * Math.PI * Math.E)));
  const objective = tf.add(
    tf.mean(tf.mul(tf.tensor1d(weights), logProbabilities)),
    tf.mul(entropyCoefficient, entropy),
  );
  return tf.neg(objective) as tf.Scalar;
}

describe("Gaussian policies beside TensorFlow.js", () => {
  it.each([
    ["Gaussian", new Gaussian(box, rows), 0.2, false],
    // The entropy of squashed actions has no closed form: finite differences hold it.
    ["squashed Gaussian", new SquashedGaussian(box, rows), 0, true],
  ] as const)("the %s has the same loss and gradients", (_name, policy, entropyCoefficient, squashed) => {
    policy.evaluate(means, own, actions);
    const ours = { policyLoss: 0, entropy: 0 };
    policyLoss(policy, Float64Array.from(weights), ours);
    const outputGradient = new Float32Array(rows * width);
    const ownGradient = new Float32Array(width);
    policy.gradient(Float64Array.from(weights), entropyCoefficient, outputGradient, ownGradient);

    const [mu, omega] = [tf.tensor2d(means, [rows, width]), tf.tensor1d(own)];
    const total = (...at: tf.Tensor[]) => loss(at[0], at[1], entropyCoefficient, squashed);
    expect(
      relativeError([ours.policyLoss - entropyCoefficient * ours.entropy], total(mu, omega).dataSync()),
    ).toBeLessThan(tolerance);
    const [muGradient, omegaGradient] = tf.grads(total)([mu, omega]);
    expect(relativeError(outputGradient, muGradient.dataSync())).toBeLessThan(tolerance);
    expect(relativeError(ownGradient, omegaGradient.dataSync())).toBeLessThan(tolerance);
  });
});
