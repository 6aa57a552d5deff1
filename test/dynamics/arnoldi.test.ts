import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { arnoldi } from "../../src/dynamics/arnoldi.js";
import { eigenvalues } from "../../src/math/eigenvalues.js";
import { RandomStream } from "../../src/rng/random-stream.js";

function random(size: number, seed: number) {
  const stream = new RandomStream(seed, "data");
  const entries = new Float64Array(size * size);
  const start = new Float64Array(size);
  stream.fillNormal(entries);
  stream.fillNormal(start);
  const matrix = Matrix.from1DArray(size, size, [...entries]);
  const product = (v: Float64Array, out: Float64Array) => {
    for (let i = 0; i < size; i++) out[i] = v.reduce((sum, value, j) => sum + matrix.get(i, j) * value, 0);
  };
  return { matrix, product, start };
}

function byModulus(matrix: Matrix) {
  return eigenvalues(matrix).sort((a, b) => Math.hypot(b.re, b.im) - Math.hypot(a.re, a.im) || b.im - a.im);
}

describe("Arnoldi's iteration", () => {
  it.each([1, 2, 3])("finds all eigenvalues with as many vectors as there are rows (seed %d)", (seed) => {
    const { matrix, product, start } = random(12, seed);
    const found = arnoldi(product, start, 12);
    expect(found).toHaveLength(12);
    byModulus(matrix).forEach(({ re, im }, i) => {
      expect(found[i].re).toBeCloseTo(re, 9);
      expect(found[i].im).toBeCloseTo(im, 9);
    });
  });

  it("finds the outermost first, and tells by the residual which are right", () => {
    const size = 200;
    // A rotation by ±i, scaled and shifted, stands out of a cloud that is ten times smaller.
    const product = (v: Float64Array, out: Float64Array) => {
      for (let i = 2; i < size; i++) out[i] = (v[i] * (i - size / 2)) / size;
      out[0] = 0.5 * v[0] + 5 * v[1];
      out[1] = -5 * v[0] + 0.5 * v[1];
    };
    const start = new Float64Array(size);
    new RandomStream(1, "data").fillNormal(start);
    const found = arnoldi(product, start, 15);
    expect(found[0].re).toBeCloseTo(0.5, 8);
    expect(found[0].im).toBeCloseTo(5, 8);
    expect(found[1]).toMatchObject({ re: found[0].re, im: -found[0].im, residual: found[0].residual });
    expect(found[0].residual).toBeLessThan(1e-8);
    expect(Math.max(...found.map(({ residual }) => residual))).toBeGreaterThan(1e-3);
  });

  it("bounds the distance to the nearest eigenvalue of a symmetric matrix by the residual", () => {
    const { matrix, start } = random(40, 4);
    const symmetric = matrix.add(matrix.transpose());
    const exact = byModulus(symmetric).map(({ re }) => re);
    const found = arnoldi((v, out) => out.set(symmetric.mmul(Matrix.columnVector([...v])).to1DArray()), start, 12);
    for (const { re, residual } of found) {
      expect(Math.min(...exact.map((value) => Math.abs(value - re)))).toBeLessThan(residual + 1e-12);
    }
    expect(found[0].residual).toBeGreaterThan(0);
  });

  it("stops where its space is closed, and says nothing of products that are not finite", () => {
    const identity = (v: Float64Array, out: Float64Array) => out.set(v.map((value) => 3 * value));
    expect(arnoldi(identity, Float64Array.of(1, 2, 3), 3)).toEqual([{ re: expect.closeTo(3, 12), im: 0, residual: 0 }]);
    expect(arnoldi((_, out) => out.fill(Number.NaN), Float64Array.of(1, 2), 2)).toEqual([]);
  });
});
