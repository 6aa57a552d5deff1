import { expect, it } from "vitest";
import { finiteOrNull } from "../../src/math/finite-or-null.js";

it("keeps finite numbers and gives null for all that JSON cannot hold", () => {
  expect([-1.5, 0].map(finiteOrNull)).toEqual([-1.5, 0]);
  expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, undefined].map(finiteOrNull)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
