import { describe, expect, it } from "vitest";
import { activations, type DenseShape } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { RandomStream } from "../../src/rng/random-stream.js";

const engine = createWasmEngine();
const stream = new RandomStream(2, "data");

function normals(size: number): Float32Array {
  const vector = engine.allocate(size);
  stream.fillNormal(vector);
  return vector;
}

const bits = (vector: Float32Array) => Array.from(new Uint32Array(vector.slice().buffer));

describe("rows of a batch", () => {
  it.each([
    [64, 64],
    [17, 5],
    [64, 1],
    [64, 2],
    [3, 3],
    [1, 23],
  ])("from %i to %i features have the same bits alone as in any company", (inputs, outputs) => {
    const shape: DenseShape = { rows: 64, inputs, outputs, activation: "tanh", slope: 0.2 };
    const [input, weights, bias] = [normals(64 * inputs), normals(inputs * outputs), normals(outputs)];
    const gradient = normals(64 * outputs);
    const [output, back] = [engine.allocate(64 * outputs), engine.allocate(64 * inputs)];
    engine.denseForward(shape, input, weights, bias, output);
    engine.denseBackwardInput(shape, gradient, weights, back);
    const [someOutput, someBack] = [engine.allocate(7 * outputs), engine.allocate(7 * inputs)];
    for (let rows = 1; rows <= 7; rows++) {
      for (let first = 0; first + rows <= 64; first += rows) {
        const window = (vector: Float32Array, width: number) => vector.subarray(first * width, (first + rows) * width);
        const some = { ...shape, rows };
        engine.denseForward(some, window(input, inputs), weights, bias, someOutput);
        expect(bits(someOutput.subarray(0, rows * outputs))).toEqual(bits(window(output, outputs)));
        engine.denseBackwardInput(some, window(gradient, outputs), weights, someBack);
        expect(bits(someBack.subarray(0, rows * inputs))).toEqual(bits(window(back, inputs)));
      }
    }
  });
});

describe("NaN and infinities", () => {
  it.each([1, 3, 5, 16, 18])("reach exactly the %i outputs of their own row, through every activation", (outputs) => {
    for (const activation of activations) {
      const shape: DenseShape = { rows: 11, inputs: 6, outputs, activation, slope: 0.2 };
      const input = normals(66);
      input[4 * 6 + 5] = Number.NaN;
      const output = engine.allocate(11 * outputs);
      engine.denseForward(shape, input, normals(6 * outputs), normals(outputs), output);
      const wrong = Array.from(output.keys()).filter(
        (i) => Number.isNaN(output[i]) !== (Math.floor(i / outputs) === 4),
      );
      expect(wrong).toEqual([]);
    }
  });

  it("reach exactly the column of a weight that has them", () => {
    const shape: DenseShape = { rows: 9, inputs: 6, outputs: 18, activation: "identity", slope: 0.2 };
    const [weights, output] = [normals(6 * 18), engine.allocate(9 * 18)];
    weights[17] = Number.POSITIVE_INFINITY;
    engine.denseForward(shape, normals(54), weights, normals(18), output);
    const wrong = Array.from(output.keys()).filter((i) => Number.isFinite(output[i]) !== (i % 18 !== 17));
    expect(wrong).toEqual([]);
  });

  it("saturate tanh, are cut by relu and scaled by leakyRelu", () => {
    const infinity = Number.POSITIVE_INFINITY;
    const [input, one, none, output] = [2, 1, 1, 2].map((size) => engine.allocate(size));
    one[0] = 1;
    input.set([infinity, -infinity]);
    const limits = activations.map((activation) => {
      engine.denseForward({ rows: 2, inputs: 1, outputs: 1, activation, slope: 0.2 }, input, one, none, output);
      return [activation, ...output];
    });
    expect(limits).toEqual([
      ["identity", infinity, -infinity],
      ["tanh", 1, -1],
      ["relu", infinity, 0],
      ["leakyRelu", infinity, -infinity],
    ]);
  });

  it("in a gradient survive the way back", () => {
    const shape: DenseShape = { rows: 2, inputs: 4, outputs: 5, activation: "identity", slope: 0.2 };
    const gradient = normals(10);
    gradient[7] = Number.NaN;
    const [toInput, toWeights, toBias] = [engine.allocate(8), engine.allocate(20), engine.allocate(5)];
    engine.denseBackwardInput(shape, gradient, normals(20), toInput);
    expect(Array.from(toInput, Number.isNaN)).toEqual([false, false, false, false, true, true, true, true]);
    engine.denseBackwardWeights(shape, normals(8), gradient, toWeights, toBias);
    expect(Array.from(toBias, Number.isNaN)).toEqual([false, false, true, false, false]);
    expect(Array.from(toWeights.keys()).filter((i) => Number.isNaN(toWeights[i]))).toEqual([2, 7, 12, 17]);
  });
});
