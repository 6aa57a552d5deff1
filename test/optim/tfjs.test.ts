import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { createOptimizer, type OptimizerInput, tfOptimizer } from "../../src/optim/index.js";

beforeAll(async () => {
  await tf.setBackend("cpu");
  await tf.ready();
});

/** A path on f = ½ Σ k_i θ_i² + Σ sin(t + i) θ_i, the loss's slope swinging with the step t. */
function path(optimizer: tf.Optimizer, steps = 40): number[][] {
  const a = tf.variable(tf.tensor1d([1, -2, 0.5]));
  const b = tf.variable(tf.tensor2d([[0.1], [-0.3]]));
  const rows = Array.from({ length: steps }, (_, t) => {
    optimizer.minimize(
      () =>
        tf.tidy(() => {
          const swing = tf.tensor1d([0, 1, 2].map((i) => Math.sin(t + i)));
          const bowl = tf.sum(tf.mul(tf.square(a), tf.tensor1d([0.5, 5, 50])));
          return tf.add(tf.add(bowl, tf.sum(tf.mul(a, swing))), tf.sum(tf.square(b))) as tf.Scalar;
        }),
      false,
      [a, b],
    );
    return [...a.dataSync(), ...b.dataSync()];
  });
  tf.dispose([a, b]);
  return rows;
}

const peers: [OptimizerInput, () => tf.Optimizer][] = [
  [{ name: "sgd", lr: 0.01 }, () => tf.train.sgd(0.01)],
  [{ name: "momentum", lr: 0.01, momentum: 0.9 }, () => tf.train.momentum(0.01, 0.9)],
  [{ name: "momentum", lr: 0.01, momentum: 0.9, nesterov: true }, () => tf.train.momentum(0.01, 0.9, true)],
  [{ name: "adagrad", lr: 0.1 }, () => tf.train.adagrad(0.1)],
  [{ name: "adadelta" }, () => tf.train.adadelta()],
  [{ name: "adadelta", lr: 0.02, rho: 0.9, eps: 1e-2 }, () => tf.train.adadelta(0.02, 0.9, 1e-2)],
  [{ name: "rmsprop", lr: 0.01 }, () => tf.train.rmsprop(0.01)],
  [{ name: "rmsprop", lr: 0.01, momentum: 0.9 }, () => tf.train.rmsprop(0.01, 0.9, 0.9)],
  [{ name: "rmsprop", lr: 0.01, rho: 0.9, centered: true }, () => tf.train.rmsprop(0.01, 0.9, 0, 1e-7, true)],
  [{ name: "adam", lr: 0.01 }, () => tf.train.adam(0.01)],
];

describe("the flavour tfjs", () => {
  it.each(peers)("is TensorFlow.js' own, to float32's rounding: %j", (input, peer) => {
    const ours = path(tfOptimizer(tf, createOptimizer({ ...input, flavour: "tfjs" } as OptimizerInput)));
    const theirs = path(peer());
    // 40 steps on parameters of size ≤ 2: 40 · 2⁻²³, and as much again from the accumulators.
    const largest = Math.max(...ours.flatMap((row, t) => row.map((value, i) => Math.abs(value - theirs[t][i]))));
    expect(largest).toBeLessThan(1e-5);
    expect(Math.abs(theirs[39][2] - 0.5)).toBeGreaterThan(1e-3);
  });
});

describe("an optimizer as a tf.Optimizer", () => {
  /** y = 2 x₁ − x₂ + ½ from 64 points. */
  const inputs = Array.from({ length: 64 }, (_, i) => [Math.sin(3 * i), Math.cos(5 * i)]);
  const outputs = inputs.map(([x, y]) => [2 * x - y + 0.5]);

  const build = () => {
    const hidden = tf.layers.dense({
      ...{ units: 8, activation: "tanh" as const, inputShape: [2] },
      kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }),
    });
    const last = tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotUniform({ seed: 4 }) });
    return tf.sequential({ layers: [hidden, last] });
  };
  const train = async (model: tf.LayersModel, epochs: number) => {
    const [x, y] = [tf.tensor2d(inputs), tf.tensor2d(outputs)];
    const { history } = await model.fit(x, y, { epochs, batchSize: 16, shuffle: false, verbose: 0 });
    tf.dispose([x, y]);
    return history.loss as number[];
  };
  const weights = (model: tf.LayersModel) => model.getWeights().flatMap((tensor) => [...tensor.dataSync()]);

  it.each(["rmsprop", "adamw", "lion", "radam", "optimisticAdam"] as const)(
    "trains a small model: %s",
    async (name) => {
      const model = build();
      const optimizer = tfOptimizer(tf, createOptimizer({ name, lr: 0.01, clip: { by: "globalNorm", limit: 5 } }));
      model.compile({ optimizer, loss: "meanSquaredError" });
      const losses = await train(model, 60);
      expect(losses[losses.length - 1]).toBeLessThan(losses[0] / 20);
      expect(optimizer.iterations).toBe(240);
    },
  );

  it("goes on from saved weights as if never interrupted, and leaks no tensor", async () => {
    const make = () => tfOptimizer(tf, createOptimizer({ name: "adam", lr: 0.01 }));
    const straight = build();
    const optimizer = make();
    straight.compile({ optimizer, loss: "meanSquaredError" });
    await train(straight, 5);
    const saved = await optimizer.getWeights();
    const kept = straight.getWeights().map((tensor) => tensor.clone());
    const before = tf.memory().numTensors;
    await train(straight, 5);
    expect(tf.memory().numTensors).toBe(before);

    const resumed = build();
    const fresh = make();
    await fresh.setWeights(saved);
    resumed.compile({ optimizer: fresh, loss: "meanSquaredError" });
    resumed.setWeights(kept);
    await train(resumed, 5);
    expect(weights(resumed)).toEqual(weights(straight));
    expect(fresh.iterations).toBe(40);
  });

  it("takes an unreached variable's gradient for zero, and refuses other variables later", () => {
    const optimizer = tfOptimizer(tf, createOptimizer({ name: "sgd", lr: 1 }));
    const [a, b] = [tf.variable(tf.scalar(3), true, "a"), tf.variable(tf.scalar(5), true, "b")];
    optimizer.minimize(() => tf.square(a) as tf.Scalar, false, [a, b]);
    expect([a.dataSync()[0], b.dataSync()[0]]).toEqual([-3, 5]);
    expect(() => optimizer.minimize(() => tf.square(b) as tf.Scalar, false, [b])).toThrow(
      "tfOptimizer: expected the variables a, b, found b",
    );
  });
});
