import { expect, it } from "vitest";
import { fromExactJson, toExactJson } from "../../agents/exact-json.js";

it("gives plain data back through JSON, with the numbers that JSON has no word for", () => {
  const data = {
    numbers: [0, -0, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324],
    nested: { number: 3, text: "NaN", nothing: null, yes: true, empty: {}, none: [] },
    number: -0,
  };
  const back = fromExactJson(JSON.parse(JSON.stringify(toExactJson(data))));
  expect(back).toEqual(data);
});
