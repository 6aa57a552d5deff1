import { expect, it } from "vitest";
import { show } from "../../src/config/show.js";

it.each([
  ["text", '"text"'],
  [1e21, "1e+21"],
  [Number.NaN, "NaN"],
  [undefined, "undefined"],
  [null, "null"],
  [[1, [Number.POSITIVE_INFINITY, "a"]], '[1,[Infinity,"a"]]'],
  [Float32Array.of(0.5, Number.NaN), "[0.5,NaN]"],
  [{ name: "adam", lr: 0.1 }, '{"name":"adam","lr":0.1}'],
])("shows %o as %s", (value, text) => {
  expect(show(value)).toBe(text);
});

it("cuts a long value off at 80 characters", () => {
  expect(show("x".repeat(500))).toBe(`"${"x".repeat(78)}…`);
});
