import fc from "fast-check";
import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { eigensystem, eigenvalues } from "../../src/math/eigenvalues.js";

describe("eigenvalues", () => {
  it("of a rotation are a conjugate pair, im > 0 first", () => {
    expect(
      eigenvalues(
        new Matrix([
          [0, -2],
          [2, 0],
        ]),
      ),
    ).toEqual([
      { re: 0, im: 2 },
      { re: 0, im: -2 },
    ]);
  });

  it("of a triangular matrix are its diagonal", () => {
    const matrix = new Matrix([
      [3, 1, 4],
      [0, -1, 5],
      [0, 0, 2],
    ]);
    const found = eigenvalues(matrix).sort((a, b) => a.re - b.re);
    expect(found.map(({ im }) => im)).toEqual([0, 0, 0]);
    [-1, 2, 3].forEach((value, i) => {
      expect(found[i].re).toBeCloseTo(value, 12);
    });
  });

  it("solve A y = λ y with their vectors, whose columns of a pair are real and imaginary part", () => {
    const entries = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(entries, (numbers) => {
        const matrix = Matrix.from1DArray(4, 4, numbers);
        const { values, vectors } = eigensystem(matrix);
        expect(eigenvalues(matrix)).toEqual(values);
        values.forEach(({ re, im }, i) => {
          if (im < 0) return;
          const real = vectors.getColumnVector(i);
          const imaginary = im === 0 ? Matrix.zeros(4, 1) : vectors.getColumnVector(i + 1);
          const left = [matrix.mmul(real), matrix.mmul(imaginary)];
          const right = [
            Matrix.sub(Matrix.mul(real, re), Matrix.mul(imaginary, im)),
            Matrix.add(Matrix.mul(real, im), Matrix.mul(imaginary, re)),
          ];
          const size = 1 + real.norm() + imaginary.norm();
          left.forEach((side, k) => {
            expect(Matrix.sub(side, right[k]).norm() / size).toBeLessThan(1e-9);
          });
        });
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
