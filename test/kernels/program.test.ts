import { describe, expect, it } from "vitest";
import type { DenseShape, LayerKernels, Program } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { RandomStream } from "../../src/rng/random-stream.js";

const engine = createWasmEngine({ megabytes: 4 });
const stream = new RandomStream(1, "data");
const shape: DenseShape = { rows: 5, inputs: 7, outputs: 6, activation: "leakyRelu", slope: 0.1 };
const below: DenseShape = { ...shape, outputs: 7, activation: "tanh" };

function record(calls: (layers: LayerKernels) => void): Program {
  const program = engine.record?.(calls);
  if (program === undefined) throw new Error("the engine does not record");
  return program;
}

/** A layer's calls, forward and back, and all that they write. */
function layer() {
  const normals = (size: number) => {
    const vector = engine.allocate(size);
    stream.fillNormal(vector, 0, 0.5);
    return vector;
  };
  const [input, weights, bias] = [normals(35), normals(42), normals(6)];
  const [output, gradient, toWeights, toBias, toInput] = [30, 30, 42, 6, 35].map((size) => engine.allocate(size));
  const calls = (layers: LayerKernels) => {
    layers.denseForward(shape, input, weights, bias, output);
    layers.activationBackward(shape, output, gradient);
    layers.denseBackwardWeights(shape, input, gradient, toWeights, toBias);
    layers.denseBackwardInput(shape, gradient, weights, toInput, below, input);
  };
  return { calls, input, gradient, written: [output, gradient, toWeights, toBias, toInput] };
}

describe("a program", () => {
  it("does what its calls do, each time that it is called, and nothing while they are recorded", () => {
    const { calls, input, gradient, written } = layer();
    const program = record(calls);
    expect(written.every((vector) => vector.every((value) => value === 0))).toBe(true);
    for (let step = 0; step < 3; step++) {
      stream.fillNormal(input);
      const start = Float32Array.from({ length: gradient.length }, () => stream.normal());
      const results = [() => calls(engine), program].map((run) => {
        gradient.set(start);
        run();
        return written.map((vector) => [...vector]);
      });
      expect(results[1]).toEqual(results[0]);
      expect(results[0].flat().some((value) => value !== 0)).toBe(true);
    }
  });

  it("keeps its scratch when a larger layer asks for more", () => {
    const { calls, gradient, written } = layer();
    const program = record(calls);
    gradient.fill(1);
    program();
    const before = written.map((vector) => [...vector]);
    const [large, weights, bias] = [300, 300 * 300, 300].map((size) => engine.allocate(size));
    engine.denseForward({ ...shape, rows: 1, inputs: 300, outputs: 300 }, large, weights, bias, engine.allocate(300));
    engine.denseBackwardInput({ ...shape, rows: 1, inputs: 300, outputs: 300 }, large, weights, engine.allocate(300));
    gradient.fill(1);
    program();
    expect(written.map((vector) => [...vector])).toEqual(before);
  });

  it("is refused where a call would be", () => {
    const short = engine.allocate(3);
    expect(() => record((layers) => layers.activationBackward(shape, short, short))).toThrow(
      "output: expected at least 30 floats for this shape, found 3",
    );
  });
});
