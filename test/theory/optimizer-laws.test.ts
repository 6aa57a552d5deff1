import { describe, expect, it } from "vitest";
import { createOptimizer } from "../../src/optim/index.js";
import { rmspropAdvance, sgdAdvance } from "../../src/theory/interference.js";
import { spikeStep, stepsLost, stepsToRecover } from "../../src/theory/spike.js";
import {
  adagradStepAfter,
  centeredVariance,
  meanSquareAverage,
  rmspropStepAfter,
  stepsToShare,
} from "../../src/theory/square-average.js";
import { firstStep, scaleOfShortening } from "../../src/theory/stabiliser.js";

type Input = Parameters<typeof createOptimizer>[0];

/** The sizes of an optimizer's steps, in units of η = 1, under prescribed gradients. */
function stepsUnder(optimizer: Input, gradients: readonly number[]): number[] {
  const { init, step } = createOptimizer({ ...optimizer, lr: 1 } as Input);
  const parameter = new Float64Array(1);
  const state = init(1);
  return gradients.map((gradient) => {
    step(parameter, Float64Array.of(gradient), state);
    return Math.abs(state.updates[0]);
  });
}

const phases = [
  { gradient: 100, steps: 100 },
  { gradient: 1, steps: 100 },
];
const fall = phases.flatMap(({ gradient, steps }) => Array<number>(steps).fill(gradient));

describe("the step after a fall from 100 to 1", () => {
  it.each([
    [0.5, 1.0],
    [0.9, 0.889],
    [0.95, 0.129],
    [0.99, 0.0208],
    [0.999, 0.0341],
  ])("is RMSprop's with ρ = %d: %d η", (rho, expected) => {
    expect(rmspropStepAfter(rho, phases)).toBeCloseTo(expected, 3);
    expect(stepsUnder({ name: "rmsprop", rho, eps: 0 }, fall).at(-1)).toBeCloseTo(rmspropStepAfter(rho, phases), 12);
  });

  it("is AdaGrad's: 1/√(100·10⁴ + 100)", () => {
    expect(adagradStepAfter(phases)).toBe(1 / Math.sqrt(1_000_100));
    expect(stepsUnder({ name: "adagrad", eps: 0 }, fall).at(-1)).toBeCloseTo(adagradStepAfter(phases), 14);
  });
});

describe("the mean square", () => {
  it("comes within 1 % of g² after 7, 44, 459 and 4603 steps", () => {
    expect([0.5, 0.9, 0.99, 0.999].map((rho) => stepsToShare(rho, 0.01))).toEqual([7, 44, 459, 4603]);
    expect(1 - meanSquareAverage(0.9, 44)).toBeLessThanOrEqual(0.01);
    expect(1 - meanSquareAverage(0.9, 43)).toBeGreaterThan(0.01);
  });

  it("less the squared mean is nearly the variance: 0.9474 σ² at ρ = 0.9", () => {
    expect(centeredVariance(0.9)).toBeCloseTo(0.9474, 4);
  });
});

describe("a spike", () => {
  const struck = [1, 1, 100, ...Array<number>(4000).fill(1)];

  it.each([
    [0.5, 1.41, 15],
    [0.9, 3.16, 80],
    [0.99, 9.95, 603],
    [0.999, 30.2, 3751],
  ])("of 100 makes a step of %d η and is over after some steps, ρ = %d", (rho, jolt, recovery) => {
    const steps = stepsUnder({ name: "rmsprop", rho, eps: 0, initialAccumulator: 1 }, struck);
    expect(spikeStep(rho, 100)).toBeCloseTo(jolt, 1);
    expect(steps[2]).toBeCloseTo(spikeStep(rho, 100), 10);
    expect(stepsToRecover(rho, 100, 0.9)).toBe(recovery);
    expect(steps[2 + recovery]).toBeGreaterThanOrEqual(0.9);
    expect(steps[1 + recovery]).toBeLessThan(0.9);
  });

  it("costs 2 ln((1 + √v)/2) memories", () => {
    const rho = 0.99;
    const steps = stepsUnder({ name: "rmsprop", rho, eps: 0, initialAccumulator: 1 }, struck).slice(3);
    const lost = steps.reduce((sum, step) => sum + 1 - step, 0);
    expect(Math.abs(lost / stepsLost(rho, 100) - 1)).toBeLessThan(0.02);
  });
});

describe("ε", () => {
  it.each(["outside", "inside"] as const)("shortens the first step by the law, %s the root", (epsPlacement) => {
    for (const scale of [1e-6, 1e-3, 1, 1e3]) {
      const options = { rho: 0.9, eps: 1e-3, epsPlacement };
      const [step] = stepsUnder({ name: "rmsprop", ...options }, [2 * scale]);
      expect(Math.abs(step / firstStep(options, 2, scale) - 1)).toBeLessThan(1e-12);
    }
  });

  it.each(["outside", "inside"] as const)(
    "takes half of it at the scale that the law says, %s the root",
    (epsPlacement) => {
      const options = { rho: 0.9, eps: 1e-8, epsPlacement };
      const ratio = firstStep(options, 3, scaleOfShortening(options, 3, 0.5)) / firstStep({ ...options, eps: 0 }, 3, 1);
      expect(ratio).toBeCloseTo(0.5, 12);
    },
  );
});

describe("a learning rate in step with the gradient", () => {
  it.each([
    [0.999, 1.224, 0.408],
    [0.9, 1.078, 0.637],
    [0.5, 1.0, 0.9],
  ])("makes RMSprop's way, ρ = %d, %d η in phase and %d η opposed", (rho, inPhase, opposed) => {
    expect(rmspropAdvance(rho, 0, 100)).toBeCloseTo(inPhase, 2);
    expect(rmspropAdvance(rho, Math.PI, 100)).toBeCloseTo(opposed, 2);
  });

  it("makes SGD's way 1 + ½ cos φ", () => {
    expect([0, Math.PI / 2, Math.PI].map(sgdAdvance)).toEqual([1.5, expect.closeTo(1, 12), 0.5]);
  });
});
