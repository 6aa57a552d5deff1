import * as tf from "@tensorflow/tfjs";
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/kernels/create.js";
import { type Activation, activations, type DenseShape, functions } from "../../src/kernels/engine.js";
import { createTfjsEngine } from "../../src/kernels/tfjs.js";
import { createOptimizer, type OptimizerInput } from "../../src/optim/index.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { relativeError } from "../nn/reference.js";
import { Pool, strayAt } from "./stray-at.js";

const engine = createTfjsEngine("tfjs-cpu");
const tolerance = 1e-5;
const shape: DenseShape = { rows: 2, inputs: 3, outputs: 4, activation: "tanh", slope: 0.2 };

/** Every function once. */
function useAll(): void {
  const [input, weights, bias, output] = [6, 12, 4, 8].map((size) => engine.allocate(size));
  engine.denseForward(shape, input, weights, bias, output);
  engine.activationBackward(shape, output, output);
  engine.denseBackwardWeights(shape, input, output, weights, bias);
  engine.denseBackwardInput(shape, output, weights, input, { ...shape, outputs: 3 }, input);
  engine.apply("exp", input, input);
  const optimizer = createOptimizer({ name: "adam", clip: { by: "globalNorm", limit: 1 } }, engine);
  optimizer.step(weights, engine.allocate(12).fill(engine.norm(output)), optimizer.init(weights));
}

describe("the engine on TensorFlow.js", () => {
  const sizes = [0, 1, 3, 5, 17, 64];
  const pool = new Pool(engine, 64 * 64 + 64);

  it.each(sizes)("stays within float32's error of a float64 reference for all shapes of %i rows", (rows) => {
    expect(sizes.flatMap((inputs) => sizes.flatMap((outputs) => strayAt(pool, rows, inputs, outputs, 1)))).toEqual([]);
  });

  it("takes NaN and infinities through every activation", () => {
    const [input, one, none, output] = [3, 1, 1, 3].map((size) => engine.allocate(size));
    one[0] = 1;
    input.set([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN]);
    const limits = activations.map((activation) => {
      engine.denseForward({ rows: 3, inputs: 1, outputs: 1, activation, slope: 0.2 }, input, one, none, output);
      return [activation, ...output];
    });
    expect(limits).toEqual([
      ["identity", Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN],
      ["tanh", 1, -1, Number.NaN],
      ["relu", Number.POSITIVE_INFINITY, 0, Number.NaN],
      ["leakyRelu", Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN],
    ]);
  });

  it("stops the gradient where tanh is saturated", () => {
    const [output, gradient] = [engine.allocate(2), engine.allocate(2).fill(1)];
    output.set([1, -1]);
    engine.activationBackward({ ...shape, rows: 1, outputs: 2 }, output, gradient);
    expect([...gradient]).toEqual([0, 0]);
  });

  it.each(functions)("computes %s as the kernels do", (name) => {
    const size = 1000;
    const [ours, theirs] = [createEngine("wasm"), engine].map((at) => {
      const vector = at.allocate(size);
      for (let i = 0; i < size; i++) vector[i] = (i + 1 - (name === "log" ? 0 : size / 2)) / 10;
      at.apply(name, vector, vector);
      return vector;
    });
    ours.forEach((value, i) => {
      expect(Math.abs(theirs[i] - value)).toBeLessThan(1e-6 * Math.max(Math.abs(value), 1));
    });
  });

  it.each([
    [0, 3],
    [1, 1],
    [7, 3],
    [80, 17],
  ])("computes the softmax of %i rows of %i as the kernels do", (rows, columns) => {
    const [ours, theirs] = [createEngine("wasm"), engine].map((at) => {
      const [logits, logP, p] = [1, 2, 3].map(() => at.allocate(rows * columns));
      at.fillUniform(new RandomStream(6, "data"), logits, -30, 30);
      at.softmax(rows, columns, logits, logP, p);
      return { logits, logP, p };
    });
    expect(theirs.logits).toEqual(ours.logits);
    for (let i = 0; i < rows * columns; i++) {
      expect(Math.abs(theirs.logP[i] - ours.logP[i])).toBeLessThan(60 * 2 ** -22);
      expect(Math.abs(theirs.p[i] - ours.p[i])).toBeLessThan(tolerance);
    }
  });

  it("measures vectors, and takes normals from their stream", () => {
    const [drawn, filled] = [new Float32Array(33), engine.allocate(33)];
    const [one, other] = [new RandomStream(2, "data"), new RandomStream(2, "data")];
    one.fillNormal(drawn, 1, 3);
    engine.fillNormal(other, filled, 1, 3);
    expect([[...filled], other.save()]).toEqual([[...drawn], one.save()]);
    expect(engine.norm(filled) / Math.hypot(...drawn)).toBeCloseTo(1, 6);
    expect([engine.isFinite(filled), engine.norm(filled.subarray(0, 0))]).toEqual([true, 0]);
    filled[31] = Number.NEGATIVE_INFINITY;
    expect([engine.isFinite(filled), engine.isFinite(filled.subarray(0, 31))]).toEqual([false, true]);
    expect([engine.owns(filled.subarray(3)), engine.owns(drawn)]).toEqual([true, false]);
  });

  it.each<OptimizerInput>([
    { name: "rmsprop" },
    { name: "rmsprop", flavour: "tfjs", rho: 0.9, weightDecay: 0.1 },
    { name: "rmsprop", flavour: "keras", biasCorrection: true },
    { name: "adam" },
    { name: "adam", beta1: -0.5, beta2: 0.99, weightDecay: 0.1 },
    { name: "adamw", flavour: "optax" },
    { name: "rmsprop", weightDecay: 0.1, decoupled: true },
    { name: "adamRel" },
  ])("steps an optimizer as its own loop does: %j", (input) => {
    const size = 101;
    const [ours, theirs] = [undefined, engine].map((at) => {
      const stream = new RandomStream(9, "data");
      const vector = () => (at === undefined ? new Float32Array(size) : at.allocate(size));
      const [parameters, gradients] = [vector(), vector()];
      stream.fillNormal(parameters);
      const optimizer = createOptimizer({ ...input, lr: 0.01 }, at);
      const state = optimizer.init(parameters);
      for (let step = 0; step < 30; step++) {
        stream.fillNormal(gradients, 0.2, 1 + (step % 5));
        if (step === 7) optimizer.update(gradients, state, parameters);
        else optimizer.step(parameters, gradients, state);
      }
      return { parameters, squareAverage: state.squareAverage as Float32Array, updates: state.updates };
    });
    expect(engine.owns(theirs.updates)).toBe(true);
    for (const name of ["parameters", "squareAverage", "updates"] as const) {
      expect(relativeError(theirs[name], ours[name]), name).toBeLessThan(tolerance);
      expect(relativeError(theirs[name], ours[name]), name).toBeGreaterThan(0);
    }
  });

  it("leaves no tensor behind, and the program's own backend in use", async () => {
    tf.registerBackend("mine", () => new MathBackendCPU());
    await tf.setBackend("mine");
    useAll();
    expect(tf.getBackend()).toBe("mine");
    await tf.setBackend("cpu");
    tf.removeBackend("mine");
    const before = tf.memory();
    useAll();
    expect(tf.memory()).toEqual(before);
  });

  it("refuses foreign vectors, short vectors, broken shapes and unknown activations as the kernels do", () => {
    const other = createEngine("wasm");
    const [input, weights, bias, output] = [6, 12, 4, 8].map((size) => engine.allocate(size));
    expect(() => engine.allocate(-1)).toThrow("size of a vector: expected an integer of at least 0, found -1");
    expect(() => engine.denseForward(shape, other.allocate(6), weights, bias, output)).toThrow(
      "input: expected a vector of this engine",
    );
    expect(() => engine.denseForward(shape, input, weights, bias, output.subarray(1))).toThrow(
      "output: expected at least 8 floats for this shape, found 7",
    );
    expect(() => engine.denseBackwardInput(shape, output, weights, input, { ...shape, outputs: 3 })).toThrow("input:");
    expect(() => engine.denseForward({ ...shape, rows: -1 }, input, weights, bias, output)).toThrow("rows -1");
    const unknown = { ...shape, activation: "sigmoid" as Activation };
    expect(() => engine.denseForward(unknown, input, weights, bias, output)).toThrow("activation: expected one of");
    expect(tf.memory().numTensors).toBe(0);
  });
});
