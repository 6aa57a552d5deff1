import { describe, expect, it } from "vitest";
import { intervalText } from "../../../reports/parts/interval.js";
import { listText, number, rangeText, seedsText } from "../../../reports/parts/text.js";

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

  it("show an interval with its estimate", () => {
    expect(intervalText({ estimate: 0.51, low: 0.4, high: Number.POSITIVE_INFINITY }, 2, 100)).toBe("51 [40, ∞]");
  });
});

describe("words for readers", () => {
  it("list what there is", () => {
    expect([listText([]), listText(["a"]), listText(["a", "b"]), listText(["a", "b", "c"])]).toEqual([
      "none",
      "a",
      "a and b",
      "a, b and c",
    ]);
  });

  it("give a range once where its ends read alike", () => {
    expect([rangeText([3, 1.5]), rangeText([1.7401, 1.7399])]).toEqual(["1.5 to 3", "1.7"]);
  });

  it("count seeds", () => {
    expect([seedsText(1), seedsText(3)]).toEqual(["1 seed", "3 seeds"]);
  });
});
