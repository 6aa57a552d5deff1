import { describe, expect, it } from "vitest";
import { averaging } from "../../gan/index.js";

describe("weight averaging", () => {
  it("follows min(decay, (1 + t)/(10 + t))", () => {
    const parameters = Float32Array.of(0);
    const average = averaging(parameters, 0.5);
    let expected = 0;
    for (let t = 0; t < 20; t++) {
      parameters[0] = t;
      average.add();
      const kept = Math.min(0.5, (1 + t) / (10 + t));
      expected = kept * expected + (1 - kept) * t;
    }
    expect(average.during(() => parameters[0])).toBeCloseTo(expected, 5);
  });

  it("puts the parameters back, also after an error", () => {
    const parameters = Float64Array.of(1, 2);
    const average = averaging(parameters, 0.9);
    parameters.set([5, 6]);
    expect(average.during(() => [...parameters])).toEqual([1, 2]);
    expect([...parameters]).toEqual([5, 6]);
    expect(() =>
      average.during(() => {
        throw new Error("no");
      }),
    ).toThrow("no");
    expect([...parameters]).toEqual([5, 6]);
  });
});
