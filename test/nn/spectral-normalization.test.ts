import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { createLayout, viewOf } from "../../src/nn/layout.js";
import { SpectralNormalization } from "../../src/nn/spectral-normalization.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { numericalGradient, relativeError } from "./reference.js";

function normalised(shapes: readonly (readonly number[])[], seed = 1) {
  const engine = createWasmEngine();
  const tensors = shapes.flatMap((shape, i) => [
    { name: `layer${i}.weights`, shape },
    { name: `layer${i}.bias`, shape: [shape[1]] },
  ]);
  const layout = createLayout(tensors);
  const parameters = engine.allocate(layout.size);
  new RandomStream(seed, "init").fillNormal(parameters);
  const norm = new SpectralNormalization(engine, layout, parameters, new RandomStream(seed, "init/spectral"));
  return { layout, parameters, norm };
}

const largestSingularValue = (weights: Float32Array, [rows, columns]: readonly number[]) =>
  new SingularValueDecomposition(Matrix.from1DArray(rows, columns, [...weights]), { autoTranspose: true }).diagonal[0];

describe("spectral normalisation", () => {
  it("brings every weight matrix to norm 1 and leaves biases alone", () => {
    const { layout, parameters, norm } = normalised([
      [2, 16],
      [16, 9],
      [9, 1],
    ]);
    for (let i = 0; i < 200; i++) norm.iterate(parameters);
    const weights = norm.apply(parameters);
    for (const tensor of layout.tensors) {
      const [raw, now] = [viewOf(tensor, parameters), viewOf(tensor, weights)];
      if (tensor.name.endsWith("bias")) {
        expect(now).toEqual(raw);
        continue;
      }
      const sigma = largestSingularValue(raw, tensor.shape);
      expect(largestSingularValue(now, tensor.shape)).toBeCloseTo(1, 5);
      expect(
        relativeError(
          now,
          raw.map((value) => value / sigma),
        ),
      ).toBeLessThan(1e-5);
    }
  });

  it("follows weights that move, one iteration a step", () => {
    const { layout, parameters, norm } = normalised([[8, 8]]);
    const [tensor] = layout.tensors;
    const stream = new RandomStream(5, "noise");
    for (let step = 0; step < 300; step++) {
      for (let i = 0; i < tensor.size; i++) parameters[i] += 0.001 * stream.normal();
      norm.iterate(parameters);
    }
    expect(largestSingularValue(viewOf(tensor, norm.apply(parameters)), tensor.shape)).toBeCloseTo(1, 2);
  });

  it("of a single row is division by its length", () => {
    const { layout, parameters, norm } = normalised([[5, 1]]);
    const raw = viewOf(layout.tensors[0], parameters);
    const length = Math.hypot(...raw);
    expect(
      relativeError(
        viewOf(layout.tensors[0], norm.apply(parameters)),
        raw.map((w) => w / length),
      ),
    ).toBeLessThan(1e-6);
  });

  it("takes gradients back through the norm: central differences of a function of the normalised weights", () => {
    const { layout, parameters, norm } = normalised([[4, 3]], 2);
    const [tensor] = layout.tensors;
    const stream = new RandomStream(9, "noise");
    const direction = Float64Array.from({ length: layout.size }, () => stream.normal());
    // f = Σ (aᵢ w̄ᵢ + w̄ᵢ³) over weights and biases.
    const f = (weights: ArrayLike<number>) =>
      direction.reduce((sum, a, i) => sum + a * weights[i] + weights[i] * weights[i] * weights[i], 0);
    const exact = (raw: Float64Array) => {
      const w = Matrix.from1DArray(4, 3, [...raw.subarray(0, 12)]);
      const sigma = new SingularValueDecomposition(w).diagonal[0];
      return f(raw.map((value, i) => (i < 12 ? value / sigma : value)));
    };
    for (let i = 0; i < 200; i++) norm.iterate(parameters);
    const weights = norm.apply(parameters);
    const gradients = Float32Array.from(weights, (w, i) => direction[i] + 3 * w * w);
    norm.pullBack(gradients);
    expect(relativeError(gradients, numericalGradient(exact, Float64Array.from(parameters)))).toBeLessThan(1e-5);
    expect(tensor.size).toBe(12);
  });
});
