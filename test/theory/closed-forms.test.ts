import { describe, expect, it } from "vitest";
import { createOptimizer } from "../../src/optim/index.js";
import { normalisedStep, stepsToSettle } from "../../src/theory/rmsprop-response.js";

describe("the closed forms of RMSprop", () => {
  it.each([
    [0.9, 10],
    [0.99, 10],
    [0.999, 0.1],
    [0.5, 0.01],
  ])("give the step at every time after a jump, ρ = %d, scale → %d", (rho, scale) => {
    const optimizer = createOptimizer({ name: "rmsprop", lr: 1, rho, eps: 0 });
    const parameter = new Float64Array(1);
    const state = optimizer.init(1);
    (state.squareAverage as Float64Array)[0] = 1;
    for (let s = 1; s <= 3000; s++) {
      optimizer.step(parameter, Float64Array.of(scale), state);
      const step = Math.abs(state.updates[0]);
      expect(Math.abs(step / normalisedStep(rho, scale, s) - 1)).toBeLessThan(1e-10);
    }
  });

  it.each([
    [0.9, 58],
    [0.99, 602],
    [0.999, 6043],
  ])("say when a fall to a tenth is over, ρ = %d: %d steps", (rho, steps) => {
    expect(stepsToSettle(rho, 0.1)).toBe(steps);
    expect(Math.abs(normalisedStep(rho, 0.1, steps) - 1)).toBeLessThanOrEqual(0.1);
    expect(Math.abs(normalisedStep(rho, 0.1, steps - 1) - 1)).toBeGreaterThan(0.1);
  });

  it("settle far sooner after a rise than after a fall by the same ratio", () => {
    for (const rho of [0.9, 0.99, 0.999]) {
      expect(stepsToSettle(rho, 0.01) / stepsToSettle(rho, 100)).toBeGreaterThan(4);
    }
    expect(stepsToSettle(0.9, 1)).toBe(1);
  });

  it("start with a step of η/√(1 − ρ) when v starts at zero", () => {
    for (const [rho, size] of [
      [0.9, 3.162],
      [0.99, 10],
      [0.999, 31.62],
    ] as const) {
      const optimizer = createOptimizer({ name: "rmsprop", lr: 1, rho, eps: 0 });
      const state = optimizer.init(1);
      expect(-optimizer.update(Float64Array.of(0.3), state, new Float64Array(1))[0]).toBeCloseTo(size, 2);
    }
  });
});
