import { describe, expect, it } from "vitest";
import { argument, leading, modulus, multiplyComplex, reciprocal } from "../../src/math/complex.js";

describe("complex numbers", () => {
  it("have a modulus that does not overflow, and an angle in (−π, π]", () => {
    expect(modulus({ re: 3, im: -4 })).toBe(5);
    expect(modulus({ re: 3e300, im: 4e300 }) / 1e300).toBeCloseTo(5, 12);
    expect(argument({ re: -1, im: 0 })).toBe(Math.PI);
    expect(argument({ re: 0, im: -2 })).toBe(-Math.PI / 2);
  });

  it("multiply as (a + ib)(c + id), and a number times its reciprocal is one", () => {
    expect(multiplyComplex({ re: 1, im: 2 }, { re: 3, im: -1 })).toEqual({ re: 5, im: 5 });
    const z = { re: 0.3, im: -1.7 };
    const one = multiplyComplex(z, reciprocal(z));
    expect(one.re).toBeCloseTo(1, 15);
    expect(one.im).toBeCloseTo(0, 15);
  });

  it("are led by the largest modulus, of a pair by the one above the real axis", () => {
    expect(
      leading([
        { re: 1, im: 0 },
        { re: 0, im: -2 },
        { re: 0, im: 2 },
      ]),
    ).toEqual({ re: 0, im: 2 });
  });
});
