import { describe, expect, it } from "vitest";
import { type Activation, activations, type DenseShape } from "../../src/kernels/engine.js";
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

  it.each([
    [1, 1],
    [3, 1],
    [1, 3],
    [5, 17],
    [17, 5],
    [17, 17],
  ])("in a gradient of 9 rows reach exactly their row and column: %i inputs, %i outputs", (inputs, outputs) => {
    const rows = 9;
    const shape: DenseShape = { rows, inputs, outputs, activation: "identity", slope: 0.2 };
    const [badRow, badColumn, badInput] = [7, outputs - 1, inputs >> 1];
    const gradient = normals(rows * outputs);
    gradient[badRow * outputs + badColumn] = Number.NEGATIVE_INFINITY;
    const [toInput, toWeights, toBias] = [rows * inputs, inputs * outputs, outputs].map((size) =>
      engine.allocate(size),
    );
    const where = (vector: Float32Array) => Array.from(vector.keys()).filter((i) => !Number.isFinite(vector[i]));
    const all = (size: number) => Array.from({ length: size }, (_, i) => i);
    engine.denseBackwardInput(shape, gradient, normals(inputs * outputs), toInput);
    expect(where(toInput)).toEqual(all(inputs).map((i) => badRow * inputs + i));
    engine.denseBackwardWeights(shape, normals(rows * inputs), gradient, toWeights, toBias);
    expect(where(toBias)).toEqual([badColumn]);
    expect(where(toWeights)).toEqual(all(inputs).map((i) => i * outputs + badColumn));

    const input = normals(rows * inputs);
    input[badRow * inputs + badInput] = Number.NaN;
    engine.denseBackwardWeights(shape, input, normals(rows * outputs), toWeights, toBias);
    expect(where(toBias)).toEqual([]);
    expect(where(toWeights)).toEqual(all(outputs).map((j) => badInput * outputs + j));
  });

  it.each([1, 3, 5, 17])(
    "of %i outputs: a unit that is off lets nothing through, one that is on everything",
    (outputs) => {
      const shape: DenseShape = { rows: 1, inputs: 1, outputs, activation: "relu", slope: 0.2 };
      const [h, gradient] = [engine.allocate(outputs), engine.allocate(outputs)];
      const back = (activation: Activation, output: number, incoming: number) => {
        h.fill(output);
        gradient.fill(incoming);
        engine.activationBackward({ ...shape, activation }, h, gradient);
        expect(new Set(gradient).size).toBe(1);
        return gradient[0];
      };
      const { POSITIVE_INFINITY: infinity, NaN: nan } = Number;
      expect([back("relu", 0, infinity), back("relu", 0, nan), back("relu", 1, infinity)]).toEqual([0, 0, infinity]);
      expect([back("leakyRelu", -1, infinity), back("leakyRelu", -1, nan)]).toEqual([infinity, nan]);
      expect([back("tanh", 1, 5), back("tanh", 1, infinity), back("tanh", nan, 1)]).toEqual([0, nan, nan]);
      expect(back("identity", nan, 3)).toBe(3);
    },
  );
});
