import { describe, expect, it } from "vitest";
import { type AdamState, createOptimizer, type OptimizerInput, type RmspropState } from "../../../src/optim/index.js";
import { RandomStream } from "../../../src/rng/random-stream.js";

/** Sizes |Δθ| of the steps under prescribed gradients of one parameter. */
function steps(input: OptimizerInput, gradients: readonly number[]): number[] {
  const optimizer = createOptimizer(input);
  const parameters = new Float64Array(1);
  const state = optimizer.init(1);
  return gradients.map((g) => {
    optimizer.step(parameters, Float64Array.of(g), state);
    return Math.abs(state.updates[0]);
  });
}

const constant = (value: number, count: number) => new Array<number>(count).fill(value);
const power = (x: number, n: number) => Math.exp(n * Math.log(x));
/** The step at which a condition first holds, counted from 1. */
const firstStep = (sizes: readonly number[], holds: (size: number) => boolean) => sizes.findIndex(holds) + 1;

const rmsprop = (rho: number, more: object = {}): OptimizerInput => ({ name: "rmsprop", lr: 1, rho, eps: 0, ...more });

describe("scale invariance at ε = 0", () => {
  const gradients = Array.from({ length: 60 }, (_, t) => Math.sin(3 * t) + 0.3);
  const invariant: OptimizerInput[] = [
    rmsprop(0.9),
    rmsprop(0.9, { centered: true, rhoMean: 0.5, momentum: 0.9, biasCorrection: true, flavour: "optax" }),
    { name: "adagrad", lr: 1, eps: 0 },
    { name: "adam", lr: 1, eps: 0 },
    { name: "adam", lr: 1, eps: 0, amsgrad: true, flavour: "keras" },
    { name: "nadam", lr: 1, eps: 0 },
    { name: "optimisticAdam", lr: 1, eps: 0 },
    { name: "lion", lr: 1 },
  ];

  it.each(invariant)("is bitwise for powers of two: %j", (input) => {
    for (const exponent of [-30, -1, 5, 40]) {
      const scale = power(2, exponent);
      const exact = 2 ** exponent;
      expect(Math.abs(scale / exact - 1)).toBeLessThan(1e-13);
      expect(
        steps(
          input,
          gradients.map((g) => g * exact),
        ),
      ).toEqual(steps(input, gradients));
    }
  });

  it.each(invariant)("is to rounding for other factors: %j", (input) => {
    const scaled = steps(
      input,
      gradients.map((g) => 3 * g),
    );
    const plain = steps(input, gradients);
    // A dozen roundings of 2⁻⁵³ on the way from g to a step; centered, v − m² cancels up to a factor of ten of them.
    plain.forEach((size, t) => {
      if (Number.isFinite(size)) expect(Math.abs(scaled[t] - size)).toBeLessThanOrEqual(3e-14 * Math.max(size, 1));
    });
  });

  it("is broken by ε where it is not small beside √v", () => {
    const input = rmsprop(0.9, { eps: 1e-3 });
    const [small, large] = [1e-5, 1e5].map((scale) => steps(input, constant(scale, 200))[199]);
    expect(small).toBeCloseTo(1e-5 / (1e-5 + 1e-3), 6);
    expect(large).toBeCloseTo(1, 6);
  });
});

describe("the first step", () => {
  it.each([
    [0.9, 3.16],
    [0.99, 10],
    [0.999, 31.6],
  ])("is η/√(1 − ρ) from zero, and η corrected, ρ = %d: %d", (rho, rounded) => {
    const [plain] = steps(rmsprop(rho), [0.3]);
    expect(Math.abs(plain * Math.sqrt(1 - rho) - 1)).toBeLessThan(1e-14);
    expect(Math.abs(plain / rounded - 1)).toBeLessThan(2e-3);
    expect(Math.abs(steps(rmsprop(rho, { biasCorrection: true }), [0.3])[0] - 1)).toBeLessThan(1e-14);
  });

  it("is small where v starts at 1", () => {
    expect(steps(rmsprop(0.9, { flavour: "tf1" }), [0.01])[0]).toBeCloseTo(0.01 / Math.sqrt(0.9), 6);
  });

  it("corrected, with ε outside, is that of Adam with β₁ = 0, as are all others", () => {
    const gradients = Array.from({ length: 100 }, (_, t) => Math.sin(t * t));
    const ours = steps(rmsprop(0.9, { biasCorrection: true, eps: 1e-3 }), gradients);
    const adam = steps({ name: "adam", lr: 1, beta1: 0, beta2: 0.9, eps: 1e-3 }, gradients);
    ours.forEach((size, t) => {
      expect(Math.abs(size - adam[t])).toBeLessThanOrEqual(1e-14);
    });
  });
});

describe("the mean square", () => {
  it.each([
    [0.5, 7],
    [0.9, 44],
    [0.99, 459],
    [0.999, 4603],
  ])("is within 1 %% of g² after ln .01/ln ρ steps, ρ = %d: %d", (rho, count) => {
    const optimizer = createOptimizer(rmsprop(rho));
    const state = optimizer.init(1) as RmspropState;
    let reached = 0;
    for (let t = 1; reached === 0; t++) {
      optimizer.update(Float64Array.of(3), state, Float64Array.of(0));
      expect(Math.abs(state.squareAverage[0] / (9 * (1 - power(rho, t))) - 1)).toBeLessThan(1e-11);
      if (Math.abs(state.squareAverage[0] / 9 - 1) < 0.01) reached = t;
    }
    expect(reached).toBe(count);
  });

  /** Many parameters under independent normal gradients μ + σ z, after T steps. */
  const settle = (input: OptimizerInput, mean: number, count: number, length: number) => {
    const stream = new RandomStream(1, "test");
    const optimizer = createOptimizer(input);
    const state = optimizer.init(count) as RmspropState;
    const [gradients, parameters] = [new Float64Array(count), new Float64Array(count)];
    for (let t = 0; t < length; t++) {
      stream.fillNormal(gradients, mean, 1);
      optimizer.update(gradients, state, parameters);
    }
    return state;
  };
  /** Mean and its standard error. */
  const estimate = (values: Float64Array) => {
    const average = values.reduce((sum, x) => sum + x, 0) / values.length;
    const squares = values.reduce((sum, x) => sum + (x - average) * (x - average), 0);
    return { average, error: Math.sqrt(squares / (values.length - 1) / values.length) };
  };

  it("has the expectation μ₂ (1 − ρᵗ) under noise", () => {
    const { squareAverage } = settle(rmsprop(0.95), 0, 4000, 20);
    const { average, error } = estimate(squareAverage as Float64Array);
    expect(error).toBeLessThan(0.01);
    expect(Math.abs(average - (1 - power(0.95, 20)))).toBeLessThan(4 * error);
  });

  it.each([0.5, 0.9, 0.97])("centered, has the stationary expectation σ² · 2ρ/(1 + ρ), ρ = %d", (rho) => {
    const state = settle(rmsprop(rho, { centered: true }), 2, 4000, Math.ceil(Math.log(1e-4) / Math.log(rho)));
    const variance = (state.squareAverage as Float64Array).map(
      (v, i) => v - state.gradientAverage[i] * state.gradientAverage[i],
    );
    const { average, error } = estimate(variance);
    expect(error).toBeLessThan(0.02);
    expect(Math.abs(average - (2 * rho) / (1 + rho))).toBeLessThan(4 * error + 1e-3);
  });
});

describe("a gradient that falls from 100 to 1", () => {
  const gradients = [...constant(100, 100), ...constant(1, 100)];

  it("stalls AdaGrad at η/√(100 · 10⁴ + 100)", () => {
    const size = steps({ name: "adagrad", lr: 1, eps: 0 }, gradients)[199];
    expect(Math.abs(size * Math.sqrt(100 * 1e4 + 100) - 1)).toBeLessThan(1e-13);
    expect(size).toBeCloseTo(0.001, 6);
  });

  it.each([
    [0.5, 1],
    [0.9, 0.889],
    [0.95, 0.129],
    [0.99, 0.0208],
    [0.999, 0.0341],
  ])("leaves RMSprop a step of ρ = %d: %d η a hundred steps later", (rho, rounded) => {
    const size = steps(rmsprop(rho), gradients)[199];
    const kept = power(rho, 100);
    const expected = 1 / Math.sqrt(1e4 * (1 - kept) * kept + (1 - kept));
    expect(Math.abs(size / expected - 1)).toBeLessThan(1e-12);
    expect(Math.abs(size / rounded - 1)).toBeLessThan(5e-3);
  });
});

describe("jumps and spikes from a settled v", () => {
  const settled = (rho: number, gradients: readonly number[]) =>
    steps(rmsprop(rho, { initialAccumulator: 1 }), gradients);

  it.each([
    [0.9, 58],
    [0.99, 602],
    [0.999, 6043],
  ])("after a fall to a tenth the step is within 10 %% again after ρ = %d: %d steps", (rho, count) => {
    expect(firstStep(settled(rho, constant(0.1, 7000)), (size) => Math.abs(size - 1) <= 0.1)).toBe(count);
  });

  it.each([0.9, 0.99, 0.999])("a rise by k → ∞ begins with 1/√(1 − ρ), ρ = %d", (rho) => {
    const [first] = settled(rho, [1e9]);
    // k/√(ρ + (1 − ρ) k²) misses the limit by ρ/(2 (1 − ρ) k²) < 10⁻¹⁵.
    expect(Math.abs(first * Math.sqrt(1 - rho) - 1)).toBeLessThan(1e-14);
  });

  it.each([0.9, 0.99, 0.999])(
    "a fall by 100 takes 28 times as long as a rise to come within a factor of two, ρ = %d",
    (rho) => {
      const up = firstStep(settled(rho, constant(100, 400)), (size) => size <= 2);
      const down = firstStep(settled(rho, constant(0.01, 9000)), (size) => size >= 0.5);
      expect(up).toBe(Math.ceil(Math.log(7500 / 9999) / Math.log(rho)));
      expect(down).toBe(Math.ceil(Math.log(3 / 9999) / Math.log(rho)));
      expect(Math.log(9999 / 3) / Math.log(4 / 3)).toBeCloseTo(28.2, 1);
      // Whole steps: up is rounded by less than one.
      expect(Math.abs(down / up - 28.2)).toBeLessThan(28.2 / up + 0.1);
    },
  );

  it.each([
    [0.5, 1.41, 15],
    [0.9, 3.16, 80],
    [0.99, 9.95, 603],
    [0.999, 30.2, 3751],
  ])("a spike of 100 moves by ρ = %d: %d η, and the step is at 90 %% after %d", (rho, size, recovery) => {
    const spike = 100;
    const [first, ...after] = settled(rho, [spike, ...constant(1, 4000)]);
    expect(Math.abs((first * Math.sqrt(rho + (1 - rho) * spike * spike)) / spike - 1)).toBeLessThan(1e-13);
    expect(Math.abs(first / size - 1)).toBeLessThan(4e-3);
    const closed = Math.log(((1 - rho) * (spike * spike - 1)) / (1 / 0.81 - 1)) / -Math.log(rho);
    expect(firstStep(after, (step) => step >= 0.9)).toBe(Math.ceil(closed));
    expect(Math.ceil(closed)).toBe(recovery);
  });
});

describe("Adam after a rise by k → ∞", () => {
  /** A settled Adam, then the change, then gradients of k. */
  const afterRise = (beta1: number, beta2: number, change: boolean, name: "adam" | "adamRel") => {
    const optimizer = createOptimizer({ name, lr: 1, beta1, beta2, eps: 0 });
    const state = optimizer.init(1) as AdamState;
    state.beta1Power = 0;
    state.beta2Power = 0;
    state.average[0] = 1;
    state.squareAverage[0] = 1;
    if (change) optimizer.change(state);
    return Array.from({ length: 40 }, () =>
      Math.abs(optimizer.update(Float64Array.of(1e9), state, Float64Array.of(0))[0]),
    );
  };

  it.each([
    [0.9, 0.999, 6.569, 12],
    [0.9, 0.99, 2.13, 13],
  ])("overshoots at β₁ = %d, β₂ = %d to %d at step %d", (beta1, beta2, peak, at) => {
    const sizes = afterRise(beta1, beta2, false, "adam");
    const largest = Math.max(...sizes);
    expect(sizes.indexOf(largest) + 1).toBe(at);
    expect(Math.abs(largest - peak)).toBeLessThan(5e-3);
    expect(Math.abs(largest / ((1 - power(beta1, at)) / Math.sqrt(1 - power(beta2, at))) - 1)).toBeLessThan(1e-7);
  });

  it("never overshoots with β₁ = β₂, and not at all with the time restarted", () => {
    expect(Math.max(...afterRise(0.9, 0.9, false, "adam"))).toBeLessThanOrEqual(1);
    for (const size of afterRise(0.9, 0.999, true, "adamRel")) expect(Math.abs(size - 1)).toBeLessThan(1e-7);
    expect(afterRise(0.9, 0.999, true, "adam")).toEqual(afterRise(0.9, 0.999, false, "adam"));
  });
});

describe("weight decay under noise", () => {
  /** The mean share of θ₀ that is left after 1000 steps of η = 0.001, λ = 0.1, ρ = 0.99, noise 0.1 and no gradient. */
  const left = (start: number, decoupled: boolean) => {
    const count = 1000;
    const stream = new RandomStream(2, "test");
    // From a settled v: a zero start would make the first hundred steps worth some 140 more.
    const initialAccumulator = 0.01 + 0.01 * start * start;
    const optimizer = createOptimizer({
      ...{ name: "rmsprop", lr: 1e-3, rho: 0.99, weightDecay: 0.1, decoupled, initialAccumulator },
    });
    const parameters = new Float64Array(count).fill(start);
    const gradients = new Float64Array(count);
    const state = optimizer.init(count);
    for (let t = 0; t < 1000; t++) {
      stream.fillNormal(gradients, 0, 0.1);
      optimizer.step(parameters, gradients, state);
    }
    return parameters.reduce((sum, value) => sum + value, 0) / count / start;
  };
  // The noise moves each parameter by η √T = .032 and by a little more since v fluctuates: the mean of 1000 by .0012.
  const bar = 5 * 0.0012;

  it("decoupled leaves (1 − ηλ)ᵀ = .905", () => {
    expect(power(1 - 1e-4, 1000)).toBeCloseTo(0.905, 3);
    expect(Math.abs(left(1, true) - 0.905)).toBeLessThan(bar);
  });

  it("coupled leaves .450 from θ₀ = 1, where λ θ itself is as large as the noise", () => {
    expect(Math.abs(left(1, false) - 0.45)).toBeLessThan(bar);
  });

  it("coupled leaves about exp(−ηλT/σ) where λ θ is small beside the noise", () => {
    expect(Math.abs(left(0.2, false) - Math.exp(-1))).toBeLessThan(5 * bar);
  });
});

describe("a learning rate that swings with the gradient", () => {
  /** Mean movement of η(1 + cos ωt) against 1 + cos(ωt + φ), period 100, over ten periods after settling. */
  const movement = (input: object, phase: number) => {
    const omega = (2 * Math.PI) / 100;
    const optimizer = createOptimizer({
      ...{ lr: 1, schedule: (t: number) => 1 + Math.cos(omega * t) },
      ...input,
    } as OptimizerInput);
    const state = optimizer.init(1);
    let sum = 0;
    for (let t = 0; t < 12_000; t++) {
      const update = optimizer.update(Float64Array.of(1 + Math.cos(omega * t + phase)), state, Float64Array.of(0));
      if (t >= 11_000) sum -= update[0];
    }
    return sum / 1000;
  };

  it.each([
    [{ name: "sgd" }, 1.5, 0.5],
    [{ name: "rmsprop", eps: 1e-12, rho: 0.999 }, 1.224, 0.408],
    [{ name: "rmsprop", eps: 1e-12, rho: 0.9 }, 1.078, 0.637],
    [{ name: "rmsprop", eps: 1e-12, rho: 0.5 }, 1, 0.9],
  ])("moves %j by %d in phase and %d against it", (input, inPhase, against) => {
    expect(Math.abs(movement(input, 0) / inPhase - 1)).toBeLessThan(6e-3);
    expect(Math.abs(movement(input, Math.PI) / against - 1)).toBeLessThan(6e-3);
  });
});

describe("centered RMSprop's blow-up", () => {
  const run = (
    Type: typeof Float32Array | typeof Float64Array,
    gradient: () => number,
    length: number,
    more: object,
  ) => {
    const optimizer = createOptimizer({ name: "rmsprop", centered: true, ...more } as OptimizerInput);
    const parameters = new Type(1);
    const state = optimizer.init(parameters) as RmspropState;
    for (let t = 1; t <= length; t++) {
      const clamped = state.clamped;
      optimizer.step(parameters, Type.of(gradient()), state);
      if (Number.isNaN(state.updates[0]) || state.clamped > clamped) return { step: t, state };
    }
    return { step: length, state };
  };

  it("ends in NaN under a constant gradient, as in torch; clamped, it is counted instead", () => {
    // Rounding decides when v − m² falls below zero: here at step 3227, in torch's order of operations at step 331.
    const free = run(Float64Array, () => 0.1, 5000, { clampVariance: false });
    expect(free.state.updates[0]).toBeNaN();
    const held = run(Float64Array, () => 0.1, 5000, {});
    expect(held.step).toBe(free.step);
    expect(held.state.clamped).toBe(1);
    expect(Math.abs(held.state.updates[0])).toBeCloseTo((0.01 * 0.1) / 1e-8, 3);
  });

  it.each([
    ["inside", 1e-8, 1e-4],
    ["outside", 1e-3, 1e-3],
  ])("tends to η g/√ε or η g/ε by where ε is: %s", (epsPlacement, eps, root) => {
    const { state } = run(Float64Array, () => 1, 3000, { eps, epsPlacement });
    expect(Math.abs(state.updates[0] * root) / 0.01).toBeCloseTo(1, 2);
  });

  it("comes at the second step where the mean forgets sooner than the square, under noise the more often the larger the mean", () => {
    expect(run(Float64Array, () => 1, 50, { rho: 0.99, rhoMean: 0.9 }).step).toBe(2);
    const share = (mean: number) => {
      const stream = new RandomStream(3, "test");
      const optimizer = createOptimizer({ name: "rmsprop", centered: true, rho: 0.99, rhoMean: 0.9 });
      const gradients = new Float64Array(100);
      const state = optimizer.init(100) as RmspropState;
      for (let t = 0; t < 1000; t++) {
        stream.fillNormal(gradients, mean, 1);
        optimizer.update(gradients, state, gradients);
      }
      return state.clamped / (1000 * 100);
    };
    const [none, half, three] = [share(0), share(0.5), share(3)];
    expect(none).toBeLessThan(0.01);
    expect(half).toBeGreaterThan(none);
    expect(three).toBeGreaterThan(0.2);
  });
});
