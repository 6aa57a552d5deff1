import { describe, expect, it } from "vitest";
import { intervalText } from "../../reports/interval.js";
import { number, table } from "../../reports/markdown.js";

describe("numbers for readers", () => {
  it.each([
    [0, "0"],
    [-0.5, "−0.5"],
    [1 / 3, "0.3333"],
    [123456, "123\u2009500"],
    [1234, "1234"],
    [0.00001234, "1.234·10⁻⁵"],
    [-2e9, "−2.000·10⁹"],
    [Number.NaN, "—"],
    [null, "—"],
    [Number.POSITIVE_INFINITY, "∞"],
    [Number.NEGATIVE_INFINITY, "−∞"],
  ])("%d reads %s", (value, text) => {
    expect(number(value)).toBe(text);
  });

  it("stand to the right in tables when a whole column is numbers", () => {
    const text = table(
      ["name", "value"],
      [
        ["a", number(-1)],
        ["b", number(null)],
      ],
    );
    expect(text).toBe("| name | value |\n|---|---:|\n| a | −1 |\n| b | — |");
  });

  it("show an interval with its estimate", () => {
    expect(intervalText({ estimate: 0.51, low: 0.4, high: Number.POSITIVE_INFINITY }, 2, 100)).toBe("51 [40, ∞]");
  });
});
