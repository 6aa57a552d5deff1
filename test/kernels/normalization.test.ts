import { describe, expect, it } from "vitest";
import { activations, type NormalizationKernels } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { normalizationLoops } from "../../src/nn/normalization-loops.js";
import { normalisationBits } from "./normalization.js";

const shapes = [1, 2, 5, 16, 67].flatMap((rows) => [1, 3, 7, 8, 9, 16, 41, 64].map((units) => [rows, units] as const));

describe("the kernels of normalisation", () => {
  it.each(["units", "rows"] as const)("have the bits of the plain loops: over %s", (over) => {
    const engine = createWasmEngine();
    const kernels = engine.normalization as NormalizationKernels;
    const loops = normalizationLoops(engine);
    const differing = shapes.flatMap((shape, i) => {
      const bits = [kernels, loops].map((way) =>
        normalisationBits(engine, way, over, shape, activations[i % 4], i % 3),
      );
      return Buffer.from(JSON.stringify(bits[0])).equals(Buffer.from(JSON.stringify(bits[1])))
        ? []
        : [shape.join(" x ")];
    });
    expect(differing).toEqual([]);
  });

  it("differ where an input differs by a bit", () => {
    const engine = createWasmEngine();
    const kernels = engine.normalization as NormalizationKernels;
    const [values, normalized, inverse, mean, variance] = Array.from({ length: 5 }, () => engine.allocate(8));
    const shape = { rows: 1, units: 8, over: "units" } as const;
    values.set([1, 2, 3, 4, 5, 6, 7, 8]);
    kernels.normalize(shape, 1e-5, values, normalized, inverse, mean, variance);
    expect([mean[0], variance[0]]).toEqual([4.5, 5.25]);
    const before = normalized.slice();
    values[3] += 2 ** -21;
    kernels.normalize(shape, 1e-5, values, normalized, inverse, mean, variance);
    expect(normalized).not.toEqual(before);
  });

  it("refuse vectors that are too short, of another engine, and shapes that are none", () => {
    const engine = createWasmEngine();
    const { normalize, scaleAndShift } = engine.normalization as NormalizationKernels;
    const [small, large] = [engine.allocate(3), engine.allocate(16)];
    const shape = { rows: 4, units: 4, over: "rows" } as const;
    expect(() => normalize(shape, 1e-5, large, large, small, large, large)).toThrow(
      "inverse: expected at least 4 floats",
    );
    expect(() => normalize(shape, 1e-5, new Float32Array(16), large, large, large, large)).toThrow(
      "values: expected a vector",
    );
    const odd = { rows: 1.5, units: 4, activation: "relu", slope: 0 } as const;
    expect(() => scaleAndShift(odd, large, large, large, large)).toThrow(
      "shape: expected integers of at least 0, found rows 1.5",
    );
  });
});
