import { describe, expect, it } from "vitest";
import { check } from "../../../src/config/check.js";
import { createOptimizer, schedule, scheduleSchema } from "../../../src/optim/index.js";

const at = (input: unknown, steps: readonly number[]) => {
  const factor = schedule(check(scheduleSchema, input, "schedule"));
  return steps.map(factor);
};

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThanOrEqual(1e-15 * Math.max(1, expected[i]));
  });
}

describe("a schedule of the learning rate", () => {
  it.each([
    [{ name: "constant" }, [0, 9], [1, 1]],
    [{ name: "constant", factor: 0.5 }, [0, 9], [0.5, 0.5]],
    [{ name: "linear", steps: 4 }, [0, 1, 2, 4, 99], [1, 0.75, 0.5, 0, 0]],
    [{ name: "linear", steps: 4, from: 0.5, to: 1, start: 2 }, [0, 2, 3, 6, 7], [0.5, 0.5, 0.625, 1, 1]],
    [{ name: "polynomial", steps: 4 }, [0, 1, 2, 4, 5], [1, 0.5625, 0.25, 0, 0]],
    [{ name: "polynomial", steps: 4, power: 0.5, to: 0.1 }, [0, 3, 4], [1, 0.1 + 0.9 * Math.sqrt(0.25), 0.1]],
    [{ name: "exponential", rate: 0.25, every: 2 }, [0, 1, 2, 4], [1, 0.5, 0.25, 0.0625]],
    [
      { name: "exponential", rate: 0.25, every: 2, staircase: true, start: 1 },
      [0, 2, 3, 4, 5],
      [1, 1, 0.25, 0.25, 0.0625],
    ],
    [{ name: "inverseTime", rate: 0.5, every: 2 }, [0, 2, 4, 8], [1, 2 / 3, 0.5, 1 / 3]],
    [{ name: "inverseTime", rate: 1, every: 3, staircase: true }, [2, 3, 5, 6], [1, 0.5, 0.5, 1 / 3]],
    [{ name: "piecewise", at: [2, 5], factors: [1, 0.1, 2] }, [0, 1, 2, 4, 5, 9], [1, 1, 0.1, 0.1, 2, 2]],
    [{ name: "cosine", steps: 4 }, [0, 2, 4, 9], [1, 0.5, 0, 0]],
    [{ name: "cosineCycle", period: 4, high: 2 }, [0, 1, 2, 3, 4], [2, 1, 0, 1, 2]],
    [{ name: "cosine", steps: 4, to: 0.2, restarts: true }, [0, 2, 4, 6, 8], [1, 0.6, 1, 0.6, 1]],
    [
      { name: "cosine", steps: 2, restarts: true, stretch: 2, shrink: 0.5 },
      [0, 1, 2, 4, 6, 10, 14],
      [1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125],
    ],
    [{ name: "warmUp", steps: 4 }, [0, 1, 3, 4, 9], [0, 0.25, 0.75, 1, 1]],
    [
      { name: "warmUp", steps: 2, from: 0.5, after: { name: "linear", steps: 2 } },
      [0, 1, 2, 3, 4],
      [0.5, 0.75, 1, 0.5, 0],
    ],
  ])("%j is its formula", (input, steps, expected) => {
    expectClose(at(input, steps), expected);
  });

  it("oneCycle passes torch's OneCycleLR: up over 0.3 · 10 − 1 = 2 steps, down over the other 7", () => {
    const found = at({ name: "oneCycle", steps: 10 }, [0, 1, 2, 9]);
    expectClose(found, [1 / 25, (1 / 25 + 1) / 2, 1, 1 / 25 / 1e4]);
  });

  it("multiplies the step, counting updates from 0, as data and as a function alike", () => {
    const data = createOptimizer({ name: "sgd", lr: 0.5, schedule: { name: "linear", steps: 4 } });
    const code = createOptimizer({ name: "sgd", lr: 0.5, schedule: (step) => Math.max(0, 1 - step / 4) });
    for (const optimizer of [data, code]) {
      const state = optimizer.init(1);
      const steps = [0, 1, 2, 3, 4, 5].map(() => -optimizer.update(Float64Array.of(1), state, Float64Array.of(0))[0]);
      expectClose(steps, [0.5, 0.375, 0.25, 0.125, 0, 0]);
    }
  });

  it("tells a buffer that holds the learning rate from one that does not", () => {
    // μ = 0.5, g = 1, then g = 0 with the learning rate gone from 1 to 0.1: Keras moves on by μ · 1, torch by μ · 0.1.
    const second = (flavour: "torch" | "keras") => {
      const factors = { name: "piecewise" as const, at: [1], factors: [1, 0.1] };
      const optimizer = createOptimizer({ name: "momentum", flavour, lr: 1, momentum: 0.5, schedule: factors });
      const state = optimizer.init(1);
      optimizer.update(Float64Array.of(1), state, Float64Array.of(0));
      return -optimizer.update(Float64Array.of(0), state, Float64Array.of(0))[0];
    };
    expect(second("keras")).toBe(0.5);
    expect(second("torch")).toBe(0.05);
  });
});
