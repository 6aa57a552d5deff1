import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/config/input-error.js";
import { createEngine, engineNames, resolveEngine } from "../../src/kernels/create.js";
import type { Activation, DenseShape } from "../../src/kernels/engine.js";
import { sourceSha256 } from "../../src/kernels/module.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";

const shape: DenseShape = { rows: 2, inputs: 3, outputs: 4, activation: "tanh", slope: 0.2 };

describe("the checked-in module", () => {
  it("is current: else run npm run build:kernels", async () => {
    const build = pathToFileURL(join(import.meta.dirname, "../../src/kernels/build.mjs")).href;
    const current = (await import(/* @vite-ignore */ build)) as { sourceSha256: string };
    expect(sourceSha256).toBe(current.sourceSha256);
  });
});

describe("createEngine", () => {
  it("makes auto, which is an engine that it names", () => {
    expect(engineNames).toEqual(["wasm", "native", "tfjs-node", "tfjs-cpu"]);
    expect(createEngine("wasm").name).toBe("wasm");
    expect(engineNames).toContain(resolveEngine("auto"));
    expect(createEngine("auto").name).toBe(resolveEngine("auto"));
  });

  it("answers a wrong name with the nearest", () => {
    expect(() => createEngine("wsam")).toThrow(InputError);
    expect(() => createEngine("wsam")).toThrow(
      'engine: unknown name "wsam"; did you mean "wasm"? valid: auto, wasm, native, tfjs-node, tfjs-cpu, tfjs',
    );
    expect(() => resolveEngine("toString")).toThrow(InputError);
  });
});

describe("the wasm engine", () => {
  it("allocates zeroed, aligned vectors that do not overlap", () => {
    const engine = createWasmEngine({ megabytes: 1 });
    const vectors = [1, 0, 5, 4, 17].map((size) => engine.allocate(size));
    expect(vectors.map(({ length }) => length)).toEqual([1, 0, 5, 4, 17]);
    expect(vectors.every((vector) => vector.every((value) => value === 0))).toBe(true);
    expect(vectors.map(({ byteOffset }) => byteOffset % 16)).toEqual([0, 0, 0, 0, 0]);
    vectors.forEach((vector, i) => {
      vector.fill(i + 1);
    });
    expect(vectors.every((vector, i) => vector.every((value) => value === i + 1))).toBe(true);
  });

  it("keeps vectors valid and untouched while its scratch memory grows", () => {
    const engine = createWasmEngine({ megabytes: 4 });
    const early = engine.allocate(1000).fill(3);
    for (const size of [10, 100, 200]) {
      const [x, w, b, y] = [size, size * size, size, size].map((length) => engine.allocate(length));
      engine.denseForward({ ...shape, rows: 1, inputs: size, outputs: size }, x, w, b, y);
      engine.denseBackwardInput({ ...shape, rows: 1, inputs: size, outputs: size }, y, w.fill(1), x);
      expect(w.every((value) => value === 1)).toBe(true);
    }
    expect(early.every((value) => value === 3)).toBe(true);
  });

  it("says how much was wanted, how much is left and what raises it when its memory is exhausted", () => {
    const engine = createWasmEngine({ megabytes: 1 });
    engine.allocate(200_000);
    expect(() => engine.allocate(100_000)).toThrow(
      /memory of 1 MB is exhausted: 400000 bytes wanted, \d+ left; take smaller .*with createWasmEngine\({ megabytes }\)/,
    );
    expect(engine.allocate(1000)).toHaveLength(1000);
  });

  it("counts its scratch against its memory", () => {
    const engine = createWasmEngine({ megabytes: 1 });
    const [weights, gradient] = [engine.allocate(150_000), engine.allocate(1000)];
    const large: DenseShape = { ...shape, rows: 1, inputs: 300, outputs: 500 };
    expect(() => engine.denseBackwardInput(large, gradient, weights, engine.allocate(300))).toThrow("exhausted");
  });

  it("goes on with the vectors that there are after it was asked for more than it has", () => {
    const engine = createWasmEngine({ megabytes: 1 });
    const [input, weights, bias, output] = [6, 12, 4, 8].map((size) => engine.allocate(size).fill(0.5));
    expect(() => engine.allocate(1 << 20)).toThrow(InputError);
    const large = engine.allocate(150_000).fill(1);
    const largeShape: DenseShape = { ...shape, rows: 1, inputs: 300, outputs: 500 };
    expect(() => engine.denseBackwardInput(largeShape, large, large, large)).toThrow("exhausted");
    expect(large.every((value) => value === 1)).toBe(true);
    engine.denseForward({ ...shape, activation: "identity" }, input, weights, bias, output);
    expect([...output]).toEqual(Array(8).fill(1.25));
    expect([...input, ...weights, ...bias].every((value) => value === 0.5)).toBe(true);
  });

  it("refuses sizes that make no sense", () => {
    expect(() => createWasmEngine({ megabytes: 0 })).toThrow("megabytes: expected an integer from 1 to 2048, found 0");
    expect(() => createWasmEngine({ megabytes: 1 }).allocate(1.5)).toThrow("size of a vector");
  });

  it("refuses foreign vectors, short vectors, broken shapes and unknown activations by name", () => {
    const [engine, other] = [createWasmEngine(), createWasmEngine()];
    const [input, weights, bias, output] = [6, 12, 4, 8].map((size) => engine.allocate(size));
    expect(() => engine.denseForward(shape, new Float32Array(6), weights, bias, output)).toThrow(
      "input: expected a vector of this engine",
    );
    expect(() => engine.denseForward(shape, input, other.allocate(12), bias, output)).toThrow("weights: expected a");
    expect(() => engine.denseForward(shape, input, weights, bias, output.subarray(1))).toThrow(
      "output: expected at least 8 floats for this shape, found 7",
    );
    expect(() => engine.denseBackwardInput(shape, output, weights, input, { ...shape, outputs: 3 })).toThrow("input:");
    expect(() => engine.denseForward({ ...shape, rows: -1 }, input, weights, bias, output)).toThrow("rows -1");
    expect(() => engine.activationBackward({ ...shape, outputs: 0.5 }, output, output)).toThrow("outputs 0.5");
    const unknown = { ...shape, activation: "sigmoid" as Activation };
    expect(() => engine.denseForward(unknown, input, weights, bias, output)).toThrow("activation: expected one of");
  });
});
