import { beforeAll, describe, expect, it } from "vitest";
import { discriminatorLoss, generatorLoss } from "../../../gan/losses/batch-losses.js";
import { logitLosses, logitLossNames } from "../../../gan/losses/logit-losses.js";
import { createWasmEngine } from "../../../src/kernels/wasm.js";
import { initialise } from "../../../src/nn/initialise.js";
import { heNormal } from "../../../src/nn/initialisers.js";
import { Mlp, type MlpSpec } from "../../../src/nn/mlp.js";
import { RandomStream } from "../../../src/rng/random-stream.js";
import { relativeError } from "../../nn/reference.js";
import { expectSameGradients, tf, tfNetwork, tfVariables, tolerance } from "../../nn/tfjs-network.js";

const rows = 64;
const generatorSpec: MlpSpec = { inputs: 3, hidden: [32, 32], outputs: 2, activation: "relu" };
const criticSpec: MlpSpec = { inputs: 2, hidden: [32, 32], outputs: 1, activation: "leakyRelu" };

beforeAll(async () => {
  await tf.setBackend("cpu");
});

/** A network with room for two batches, and its input's numbers. */
function network(engine: ReturnType<typeof createWasmEngine>, spec: MlpSpec, stream: RandomStream, inputRows: number) {
  const mlp = new Mlp(engine, spec, 2 * rows);
  const [parameters, gradients] = [engine.allocate(mlp.size), engine.allocate(mlp.size)];
  initialise(mlp, parameters, stream, { hidden: heNormal, output: heNormal });
  const input = engine.allocate(inputRows * spec.inputs);
  // Points far out too, where the losses are linear or flat.
  stream.fillNormal(input, 0, 3);
  const x = tf.tensor2d(input.slice(), [inputRows, spec.inputs]);
  return { spec, mlp, parameters, gradients, input, x, variables: tfVariables(mlp.layout, parameters) };
}

const minus = (x: tf.Tensor) => tf.neg(x);
/** Each loss on fake logits, that on real ones being the same of −t, and the generator's. */
const theirLosses: Record<
  keyof typeof logitLosses,
  readonly [(t: tf.Tensor) => tf.Tensor, (t: tf.Tensor) => tf.Tensor]
> = {
  minimax: [tf.softplus, (t) => tf.neg(tf.softplus(t))],
  nonSaturating: [tf.softplus, (t) => tf.softplus(tf.neg(t))],
  wasserstein: [(t) => t, minus],
  leastSquares: [(t) => tf.mul(0.5, tf.square(tf.add(t, 1))), (t) => tf.mul(0.5, tf.square(tf.sub(t, 1)))],
  hinge: [(t) => tf.relu(tf.add(t, 1)), minus],
};

describe.each(logitLossNames)("the GAN's loss %s beside TensorFlow.js", (name) => {
  const engine = createWasmEngine();
  const stream = new RandomStream(4, "init");
  const d = network(engine, criticSpec, stream, 2 * rows);
  const g = network(engine, generatorSpec, stream, rows);
  const [onFake, ofGenerator] = theirLosses[name];

  it("gives the discriminator the same loss and gradients", () => {
    const logits = d.mlp.forward(d.parameters, d.input, 2 * rows);
    expect(Math.max(...logits.map(Math.abs))).toBeGreaterThan(5);
    const loss = discriminatorLoss(logitLosses[name], logits, rows, d.mlp.outputGradient);
    d.mlp.backward(d.parameters, d.mlp.outputGradient, d.gradients);

    const theirs = (...all: tf.Tensor[]): tf.Scalar => {
      const [real, fake] = tf.split(tfNetwork(d.spec, d.x, all), 2);
      return tf.add(tf.mean(onFake(tf.neg(real))), tf.mean(onFake(fake)));
    };
    expect(relativeError([loss], theirs(...d.variables).dataSync())).toBeLessThan(tolerance);
    expectSameGradients(d.mlp.layout, d.gradients, tf.grads(theirs)(d.variables));
  });

  it("gives the generator the same loss and gradients, through the discriminator", () => {
    const fake = g.mlp.forward(g.parameters, g.input, rows);
    const logits = d.mlp.forward(d.parameters, fake, rows);
    const loss = generatorLoss(logitLosses[name], logits, rows, d.mlp.outputGradient);
    const toFake = d.mlp.backward(d.parameters, d.mlp.outputGradient, null, true);
    g.mlp.backward(g.parameters, toFake as Float32Array, g.gradients);

    const theirs = (...all: tf.Tensor[]): tf.Scalar =>
      tf.mean(ofGenerator(tfNetwork(d.spec, tfNetwork(g.spec, g.x, all), d.variables)));
    expect(relativeError([loss], theirs(...g.variables).dataSync())).toBeLessThan(tolerance);
    expectSameGradients(g.mlp.layout, g.gradients, tf.grads(theirs)(g.variables));
  });
});
