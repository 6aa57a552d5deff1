import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Activation, Engine } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { initialise } from "../../src/nn/initialise.js";
import { heNormal } from "../../src/nn/initialisers.js";
import { viewOf } from "../../src/nn/layout.js";
import { Mlp } from "../../src/nn/mlp.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { forward, numericalGradient, relativeError } from "./reference.js";

const rows = 12;

function network(normalization: "layer" | "batch", activation: Activation, hidden: readonly number[], maxRows = rows) {
  const engine = createWasmEngine();
  const stream = new RandomStream(5, "init");
  const spec = { inputs: 3, hidden, outputs: 2, activation, normalization };
  const mlp = new Mlp(engine, spec, maxRows);
  const [parameters, gradients] = [engine.allocate(mlp.size), engine.allocate(mlp.size)];
  const input = engine.allocate(3 * maxRows);
  initialise(mlp, parameters, stream, { hidden: heNormal, output: heNormal });
  for (let i = 0; i < mlp.size; i++) parameters[i] += 0.2 * stream.normal();
  stream.fillNormal(input, 0.5, 1.5);
  return { spec, mlp, parameters, gradients, input };
}

describe("a normalised network", () => {
  const cases = (["layer", "batch"] as const).flatMap((normalization) =>
    (["tanh", "leakyRelu", "identity"] as const).flatMap((activation) =>
      [1, 3].map((batches) => [normalization, activation, batches] as const),
    ),
  );
  it.each(cases)("has the outputs and gradients that float64 has: %s, %s, %d batches", (kind, activation, batches) => {
    const { spec, mlp, parameters, gradients, input } = network(kind, activation, [7, 5]);
    const output = mlp.forward(parameters, input, rows, batches);
    const at = (weights: Float64Array, x: Float64Array) => forward(spec, mlp.layout, weights, x, rows, batches);
    const [weights, points] = [Float64Array.from(parameters), Float64Array.from(input)];
    expect(relativeError(output, at(weights, points))).toBeLessThan(1e-5);

    // The loss is Σ yᵢ sin(i): its gradient at the outputs is known.
    const loss = (y: Float64Array) => y.reduce((sum, value, i) => sum + value * Math.sin(i), 0);
    for (let i = 0; i < output.length; i++) mlp.outputGradient[i] = Math.sin(i);
    const toInput = mlp.backward(parameters, mlp.outputGradient, gradients, true);
    const exact = numericalGradient((w) => loss(at(w, points)), weights);
    expect(relativeError(gradients, exact)).toBeLessThan(1e-4);
    expect(
      relativeError(
        toInput as Float32Array,
        numericalGradient((x) => loss(at(weights, x)), points),
      ),
    ).toBeLessThan(1e-4);
  });

  it.each(["layer", "batch"] as const)("has the same bits on an engine without kernels for it: %s", (normalization) => {
    const engine = createWasmEngine();
    const bare = new Proxy(engine, {
      get(target, name) {
        const value = name === "normalization" ? undefined : target[name as keyof Engine];
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const spec = { inputs: 3, hidden: [13, 6], outputs: 2, activation: "tanh", normalization } as const;
    const [found, wanted] = [bare, engine].map((own) => {
      const stream = new RandomStream(2, "init");
      const mlp = new Mlp(own, spec, rows);
      const [parameters, gradients, input] = [mlp.size, mlp.size, 3 * rows].map((size) => own.allocate(size));
      stream.fillNormal(parameters);
      stream.fillNormal(input);
      const outputs = mlp.forward(parameters, input, rows, 2).slice();
      mlp.backward(parameters, mlp.outputGradient.fill(1), gradients);
      return [outputs, gradients, mlp.evaluate(parameters, input, rows).slice()];
    });
    expect(found).toEqual(wanted);
  });

  it("of batches moves no bias: what is added to all rows alike is taken away again", () => {
    const { mlp, parameters, gradients, input } = network("batch", "relu", [7]);
    mlp.forward(parameters, input, rows);
    mlp.backward(parameters, mlp.outputGradient.fill(1), gradients);
    const bias = mlp.layout.tensors.find(({ name }) => name === "layer0.bias");
    expect(viewOf(bias as NonNullable<typeof bias>, gradients).every((value) => value === 0)).toBe(true);
  });

  it("starts with scales of one and shifts of zero", () => {
    const mlp = new Mlp(
      createWasmEngine(),
      { inputs: 2, hidden: [3, 4], outputs: 1, activation: "relu", normalization: "layer" },
      4,
    );
    const parameters = new Float32Array(mlp.size).fill(9);
    initialise(mlp, parameters, new RandomStream(1, "init"), { hidden: heNormal, output: heNormal });
    for (const tensor of mlp.layout.tensors) {
      const expected = tensor.name.endsWith("scale") ? 1 : tensor.name.endsWith("weights") ? undefined : 0;
      if (expected !== undefined) expect([...viewOf(tensor, parameters)]).toEqual(Array(tensor.size).fill(expected));
    }
    expect(mlp.layout.tensors.map(({ name }) => name).filter((name) => /scale|shift/.test(name))).toEqual([
      "layer0.scale",
      "layer0.shift",
      "layer1.scale",
      "layer1.shift",
    ]);
  });
});

describe("a normalised network by itself", () => {
  it("by layers gives a row the same output whatever stands beside it", () => {
    const { mlp, parameters, input } = network("layer", "relu", [7, 5]);
    const all = mlp.forward(parameters, input, rows).slice();
    expect(mlp.forward(parameters, input, 1)).toEqual(all.subarray(0, 2));
    expect(mlp.evaluate(parameters, input, rows)).toEqual(all);
  });

  it("by batches evaluates by running averages, which come to those of the data", () => {
    const many = 2000;
    const { mlp, parameters, input } = network("batch", "tanh", [7], many);
    for (let step = 0; step < 200; step++) mlp.forward(parameters, input, many);
    const trained = mlp.forward(parameters, input, many).slice();
    const evaluated = mlp.evaluate(parameters, input, many).slice();
    // The running variance is unbiased, the batch's is not: a factor 1 + 1/2000.
    expect(relativeError(evaluated, trained)).toBeLessThan(1e-3);
    expect(mlp.evaluate(parameters, input, 1)).toEqual(evaluated.subarray(0, 2));
    expect(() => mlp.backward(parameters, mlp.outputGradient, null)).toThrow("there was no forward");
  });

  it("moves its running averages by a tenth of the way with every batch", () => {
    const engine = createWasmEngine();
    const spec = { inputs: 1, hidden: [1], outputs: 1, activation: "identity", normalization: "batch" } as const;
    const mlp = new Mlp(engine, spec, 2);
    const [weights, x] = [engine.allocate(mlp.size), engine.allocate(2)];
    for (const { name, offset } of mlp.layout.tensors) weights[offset] = /weights|scale/.test(name) ? 1 : 0;
    x.set([1, 5]);
    mlp.forward(weights, x, 2);
    // Mean 3, unbiased variance 8: the averages start at 0 and 1 and are now 0.3 and 1.7.
    const found = mlp.evaluate(weights, x, 2);
    expect(found[0]).toBeCloseTo(0.7 / Math.sqrt(1.7 + 1e-5), 6);
    expect(found[1]).toBeCloseTo(4.7 / Math.sqrt(1.7 + 1e-5), 6);
  });

  it("by batches refuses parts of a forward, and rows that make no equal batches", () => {
    const { mlp, parameters, input } = network("batch", "relu", [4]);
    mlp.forward(parameters, input, rows);
    expect(() => mlp.backward(parameters, mlp.outputGradient, null, false, 5)).toThrow(/goes back through all rows/);
    expect(() => mlp.forward(parameters, input, rows, 5)).toThrow("rows: expected a multiple of 5 batches, found 12");
  });
});

describe("a normalised MLP beside TensorFlow.js", () => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  it.each(["layer", "batch"] as const)("has the same outputs and gradients: %s, 3-64-64-2, 50 rows", (kind) => {
    const count = 50;
    const { mlp, parameters, gradients, input } = network(kind, "leakyRelu", [64, 64], count);
    const output = mlp.forward(parameters, input, count);
    for (let i = 0; i < output.length; i++) mlp.outputGradient[i] = (2 / output.length) * output[i];
    const toInput = mlp.backward(parameters, mlp.outputGradient, gradients, true);

    const { tensors } = mlp.layout;
    const variables = tensors.map((tensor) => tf.tensor(viewOf(tensor, parameters).slice(), [...tensor.shape]));
    const x = tf.tensor2d(input.slice(), [count, 3]);
    const run = (from: tf.Tensor2D, ...all: tf.Tensor[]) => {
      let h = from;
      for (let layer = 0; layer < 3; layer++) {
        const z = tf.add(tf.matMul(h, all[2 * layer] as tf.Tensor2D), all[2 * layer + 1]) as tf.Tensor2D;
        if (layer === 2) return z;
        const axis = kind === "layer" ? 1 : 0;
        const centred = tf.sub(z, tf.mean(z, axis, true));
        const variance = tf.mean(tf.square(centred), axis, true);
        const normal = tf.div(centred, tf.sqrt(tf.add(variance, 1e-5)));
        h = tf.leakyRelu(tf.add(tf.mul(normal, all[6 + 2 * layer]), all[7 + 2 * layer]), 0.2) as tf.Tensor2D;
      }
      return h;
    };
    const loss = (from: tf.Tensor, ...all: tf.Tensor[]) =>
      tf.mean(tf.square(run(from as tf.Tensor2D, ...all))) as tf.Scalar;
    const [inputGradient, ...theirs] = tf.grads(loss)([x, ...variables]);

    expect(relativeError(output, run(x, ...variables).dataSync())).toBeLessThan(1e-5);
    expect(relativeError(toInput as Float32Array, inputGradient.dataSync())).toBeLessThan(2e-5);
    tensors.forEach((tensor, i) => {
      // A bias before a batch's average has no gradient; theirs is rounding.
      const exact = theirs[i].dataSync();
      if (kind === "batch" && /layer[01]\.bias/.test(tensor.name)) {
        expect(Math.max(...exact.map(Math.abs))).toBeLessThan(1e-5);
      } else {
        expect(relativeError(viewOf(tensor, gradients), exact), tensor.name).toBeLessThan(2e-5);
      }
    });
  });
});
