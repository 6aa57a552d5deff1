import { describe, expect, it } from "vitest";
import { check } from "../../src/config/check.js";
import { networkSchema } from "../../src/nn/spec.js";

describe("the network schema", () => {
  it("has the documented defaults", () => {
    expect(check(networkSchema, {}, "network")).toEqual({
      hidden: [64, 64],
      activation: "tanh",
      slope: 0.2,
      normalization: "none",
    });
  });

  it("takes a linear model, and hands out a list of its own each time", () => {
    expect(check(networkSchema, { hidden: [] }, "network").hidden).toEqual([]);
    check(networkSchema, {}, "network").hidden.push(3);
    expect(check(networkSchema, {}, "network").hidden).toEqual([64, 64]);
  });

  it.each([
    [{ hidden: [64, 0] }, "network: hidden.1: expected at least 1, found 0"],
    [{ hidden: [6.5] }, "network: hidden.0: expected an integer, found 6.5"],
    [
      { activation: "tahn" },
      'network: activation: expected one of identity, tanh, relu, leakyRelu, found "tahn"; did you mean "tanh"?',
    ],
    [{ slope: -1 }, "network: slope: expected at least 0, found -1"],
    [
      { hiden: [64] },
      'network: unknown key "hiden"; did you mean "hidden"? valid: hidden, activation, slope, normalization',
    ],
  ])("answers %j with what was expected", (input, message) => {
    expect(() => check(networkSchema, input, "network")).toThrow(message);
  });
});
