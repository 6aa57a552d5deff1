import { describe, expect, it } from "vitest";
import { bilinear, dirac, play } from "../../gan/index.js";
import { createOptimizer, type OptimizerInput } from "../../src/optim/index.js";
import type { Order } from "../../src/theory/bilinear.js";
import { chatterAmplitude, limitCycle } from "../../src/theory/limit-cycle.js";

interface Setting {
  readonly coupling?: number;
  readonly dissipation?: number;
  readonly start: readonly [number, number];
  readonly order: Order;
  readonly optimizer: OptimizerInput;
  readonly steps: number;
}

/** The squared distance from the origin after every step. */
function squaredRadii({ coupling = 1, dissipation = 0, start, order, optimizer, steps }: Setting): Float64Array {
  const game = bilinear({ name: "bilinear", coupling, dissipation, start: [...start] });
  const rule = createOptimizer(optimizer);
  const round = play(game, order, [rule, rule]);
  const [x, y] = game.players.map(({ parameters }) => parameters);
  return Float64Array.from({ length: steps }, () => {
    round.step();
    return x[0] * x[0] + y[0] * y[0];
  });
}

/**
 * The root of a mean under a sin⁴ window, which sees none of where in a turn a window begins and ends: a plain mean over
 * n turns would err by about 1/n of the turn's own swing.
 */
function radius(squares: Float64Array, from: number, to: number): number {
  let [sum, weights] = [0, 0];
  for (let i = from; i < to; i++) {
    const sine = Math.sin((Math.PI * (i - from + 0.5)) / (to - from));
    const weight = sine * sine * sine * sine;
    sum += weight * squares[i];
    weights += weight;
  }
  return Math.sqrt(sum / weights);
}

const adam = (beta1: number, beta2: number, lr = 0.01) => ({ name: "adam" as const, lr, beta1, beta2, eps: 0 });

describe("the limit cycle of RMSprop and Adam on the bilinear game", () => {
  /** Order, β₁, β₂, and the radius found by an independent implementation, η = .01. */
  const table: readonly [Order, number, number, number][] = [
    ["simultaneous", 0, 0.99, 0.282747],
    ["simultaneous", 0, 0.999, 0.894394],
    ["simultaneous", 0.5, 0.999, 1.54968],
    ["simultaneous", 0.9, 0.999, 3.91162],
    ["simultaneous", -0.5, 0.999, 0.516348],
    ["alternating", 0.5, 0.999, 1.26512],
    ["alternating", 0.9, 0.999, 3.80666],
  ];

  it.each(table)("does not depend on the start: %s, β₁ = %d, β₂ = %d", (order, beta1, beta2, found) => {
    const law = limitCycle({ order, lr: 0.01, beta1, beta2 });
    const steps = beta2 === 0.99 ? 40_000 : 200_000;
    const radii = [0.1, 0.7, 3].map((share) => {
      const start = [share * law.radius, 0.3 * share * law.radius] as const;
      return radius(squaredRadii({ start, order, optimizer: adam(beta1, beta2), steps }), steps / 2, steps);
    });
    expect(Math.max(...radii) / Math.min(...radii) - 1).toBeLessThan(1e-6);
    expect(law.smallness).toBeLessThan(0.08);
    expect(Math.abs(radii[0] / law.radius - 1)).toBeLessThan(0.005);
    expect(Math.abs(radii[0] / found - 1)).toBeLessThan(2e-5);
  });

  it("leaves the law by some percent where 8(1 − β₂)(s + τ) is no longer small", () => {
    const law = limitCycle({ order: "simultaneous", lr: 0.01, beta1: 0.9, beta2: 0.99 });
    expect(law.smallness).toBeCloseTo(0.76, 10);
    const optimizer = adam(0.9, 0.99);
    const squares = squaredRadii({ start: [1, 0.3], order: "simultaneous", optimizer, steps: 40_000 });
    const excess = radius(squares, 20_000, 40_000) / law.radius - 1;
    expect(excess).toBeGreaterThan(0.02);
    expect(excess).toBeLessThan(0.06);
  });

  it("is none where players alternate without momentum: what is left has the size of one step", () => {
    for (const beta2 of [0.9, 0.99, 0.999]) {
      const optimizer = adam(0, beta2);
      const squares = squaredRadii({ start: [0.1, 0.07], order: "alternating", optimizer, steps: 100_000 });
      expect(radius(squares, 50_000, 100_000)).toBeCloseTo(0.01, 3);
    }
  });

  it.each([
    [0.1, 0.2216],
    [1, 0.0669],
  ])("is shrunk by ε: at %d to %d", (eps, found) => {
    const optimizer = { name: "rmsprop", lr: 0.01, rho: 0.99, eps } as const;
    const squares = squaredRadii({ start: [0.1, 0.03], order: "simultaneous", optimizer, steps: 300_000 });
    expect(radius(squares, 200_000, 300_000)).toBeCloseTo(found, 3);
  });

  it.each([
    [0, 0.053],
    [0.5, 0.551],
    [0.9, 0.917],
  ])("exists above a critical β₂ only: β₁ = %d, β₂ = %d ± .005", (beta1, critical) => {
    // From a thousand steps away: does the next half of the run lie further out? (The further out one asks, the smaller
    // the critical value: .923, .918, .914 at 300, 1000 and 3000 η for β₁ = .9.)
    const grows = (beta2: number) => {
      const optimizer = adam(beta1, beta2, 1);
      const squares = squaredRadii({ start: [1000, 370], order: "simultaneous", optimizer, steps: 60_000 });
      return radius(squares, 30_000, 60_000) > radius(squares, 0, 30_000);
    };
    let [low, high] = [critical - 0.1 > 0 ? critical - 0.1 : 0.001, Math.min(0.999, critical + 0.1)];
    expect([grows(low), grows(high)]).toEqual([true, false]);
    while (high - low > 5e-4) {
      const middle = (low + high) / 2;
      if (grows(middle)) low = middle;
      else high = middle;
    }
    expect(Math.abs(low - critical)).toBeLessThan(0.005);
  });
});

describe("the chatter of a normalised step around a minimum", () => {
  const floor = (optimizer: OptimizerInput, start: readonly [number, number] = [1, 0.5]) => {
    const setting = { coupling: 0, dissipation: 1, start, order: "simultaneous" as const, optimizer, steps: 40_000 };
    return radius(squaredRadii(setting), 20_000, 40_000) / 0.001;
  };

  // In two coordinates, hence √2 times the amplitude of one.
  it("is η/2 a coordinate for RMSprop", () => {
    expect(floor({ name: "rmsprop", lr: 0.001, rho: 0.99, eps: 0 })).toBeCloseTo(Math.SQRT1_2, 4);
  });

  it.each([
    [-0.5, 2.1213, 0.001],
    [0.5, 0.2486, 0.001],
    [0.9, 0.0402, 0.02],
  ])("is changed by momentum β₁ = %d to %d η, near η(1 − β₁)/(1 + β₁)/2 a coordinate", (beta1, found, tolerance) => {
    const measured = floor(adam(beta1, 0.99, 0.001));
    expect(Math.abs(measured / found - 1)).toBeLessThan(tolerance);
    expect(Math.abs(measured / (Math.SQRT2 * chatterAmplitude(1, beta1)) - 1)).toBeLessThan(0.1);
  });
});

describe("the adaptive methods on the Dirac-GAN", () => {
  const rules = {
    RMSprop: { name: "rmsprop", lr: 0.001, rho: 0.99 },
    "Adam 0.5": { name: "adam", lr: 0.001, beta1: 0.5 },
    "Adam 0.9": { name: "adam", lr: 0.001, beta1: 0.9 },
  } as const;
  // By an independent implementation, in units of η. R1 damps the rotation: ζ = γ. Momentum widens what is left of it.
  const table: readonly [keyof typeof rules, number, number, number][] = [
    ["RMSprop", 0, 28.2, 1.0],
    ["Adam 0.5", 0, 141, 117],
    ["Adam 0.9", 0, 324, 316],
    ["RMSprop", 0.3, 2.34, 0.71],
    ["Adam 0.5", 0.3, 6.5, 4.1],
    ["Adam 0.9", 0.3, 40, 38],
    ["RMSprop", 1, Math.SQRT1_2, Math.SQRT1_2],
    ["Adam 0.9", 1, 0.038, 3.19],
  ];
  it.each(table)("end at the known distance: %s, γ = %d: %d η simultaneous, %d η alternating", (name, r1, ...found) => {
    (["simultaneous", "alternating"] as const).forEach((order, k) => {
      const game = dirac({ name: "dirac", r1 });
      const optimizer = createOptimizer(rules[name]);
      const round = play(game, order, [optimizer, optimizer]);
      const squares = Float64Array.from({ length: 100_000 }, () => {
        round.step();
        return game.players.reduce((sum, { parameters }) => sum + parameters[0] * parameters[0], 0);
      });
      expect(Math.abs(radius(squares, 50_000, 100_000) / 0.001 / found[k] - 1)).toBeLessThan(0.02);
    });
  });
});
