import { describe, expect, it } from "vitest";
import { createOptimizer, type OptimizerInput, type Vector } from "../../../src/optim/index.js";
import { golden, optionsOf } from "./golden.js";

/** The parameters after each step, on vectors of one precision. */
function trajectory(input: OptimizerInput, make: (values: readonly number[]) => Vector): number[][] {
  const optimizer = createOptimizer(input);
  const parameters = make(golden.P);
  const state = optimizer.init(parameters);
  return golden.G.map((gradient) => {
    optimizer.step(parameters, make(gradient), state);
    return [...parameters];
  });
}

function largestDifference(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number {
  return Math.max(...a.flatMap((row, t) => row.map((value, i) => Math.abs(value - b[t][i]))));
}

const cases = golden.cases.map((c) => [c.fl, c.name, JSON.stringify(c.kw), c] as const);

describe("the libraries' own trajectories", () => {
  it("are fifty", () => {
    expect(golden.cases).toHaveLength(50);
  });

  it.each(cases)("are reproduced in float64: %s %s %s", (library, name, _, c) => {
    // torch keeps NAdam's running product of coefficients in float32.
    const bar = library === "torch" && name === "nadam" ? 1e-9 : 1e-12;
    const path = trajectory(optionsOf(c), (values) => Float64Array.from(values));
    expect(path).toHaveLength(8);
    expect(largestDifference(path, c.tr)).toBeLessThanOrEqual(bar);
  });

  it.each(cases)("are followed in float32: %s %s %s", (_library, _name, _, c) => {
    const path = trajectory(optionsOf(c), (values) => Float32Array.from(values));
    // 8 steps, each rounding the parameters by 2⁻²⁴ of their size, and the step by a few times 2⁻²⁴ of its own.
    const size = Math.max(...c.tr.flat().map(Math.abs), 1);
    expect(largestDifference(path, c.tr)).toBeLessThanOrEqual(1e-6 * size);
  });
});
