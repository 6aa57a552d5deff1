import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { add, multiply, type Polynomial, roots, scale } from "../../src/math/polynomial.js";

describe("polynomials", () => {
  it("multiply, add and scale by coefficients, constant first", () => {
    expect(multiply([1, 1], [-1, 1])).toEqual([-1, 0, 1]);
    expect(add([1], [0, 2, 3])).toEqual([1, 2, 3]);
    expect(scale([1, -2], 3)).toEqual([3, -6]);
  });

  it("have the roots that they were made of, each pair of conjugates and each real one", () => {
    const part = fc.integer({ min: -200, max: 200 }).map((hundredths) => hundredths / 100);
    fc.assert(
      fc.property(part, part, part, (re, im, real) => {
        fc.pre(Math.abs(im) > 0.05 && Math.hypot(re - real, im) > 0.05 && Math.abs(real) > 0.01);
        const pair: Polynomial = [re * re + im * im, -2 * re, 1];
        const found = roots(multiply(pair, [-real, 1]));
        for (const [x, y] of [
          [re, im],
          [re, -im],
          [real, 0],
        ]) {
          const nearest = Math.min(...found.map((z) => Math.hypot(z.re - x, z.im - y)));
          expect(nearest).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it("keep the digits of tiny roots", () => {
    const [a] = roots([2e-20, 3e-10, 1]).sort((x, y) => y.re - x.re);
    expect(Math.abs(a.re / -1e-10 - 1)).toBeLessThan(1e-14);
  });

  it("drop leading zeros; a constant has no roots", () => {
    expect(roots([1, 2, 0, 0])).toEqual([{ re: -0.5, im: 0 }]);
    expect(roots([3])).toEqual([]);
  });
});
