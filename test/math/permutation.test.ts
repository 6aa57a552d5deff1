import { describe, expect, it } from "vitest";
import { factorial, permutation } from "../../src/math/permutation.js";

describe("permutations", () => {
  it("are numbered in lexicographic order, the identity first and the reversal last", () => {
    const all = Array.from({ length: 6 }, (_, index) => permutation(3, index).join(""));
    expect(all).toEqual(["012", "021", "102", "120", "201", "210"]);
  });

  it("are as many as the factorial says, exactly up to 18", () => {
    expect([0, 1, 5].map(factorial)).toEqual([1, 1, 120]);
    expect(factorial(18)).toBe(6_402_373_705_728_000);
    expect([...permutation(18, factorial(18) - 1)]).toEqual(Array.from({ length: 18 }, (_, i) => 17 - i));
  });
});
