import v8 from "node:v8";
import vm from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  copyState,
  createOptimizer,
  NonFiniteGradientError,
  type OptimizerInput,
  optimizerFields,
  optimizers,
  type Vector,
} from "../../src/optim/index.js";

type Name = keyof typeof optimizers;

/** The libraries that have an optimizer, from its schema. */
function flavoursOf(name: Name): readonly string[] {
  const schema = optimizerFields.options.find((option) => option.shape.name.value === name);
  return schema !== undefined && "flavour" in schema.shape ? schema.shape.flavour.unwrap().options : [];
}

/** Every registered optimizer in every flavour with its defaults, and with its options on. */
const variants: readonly Exclude<OptimizerInput, { name: "custom" }>[] = [
  ...(Object.keys(optimizers) as Name[]).flatMap((name) =>
    [undefined, ...flavoursOf(name)].map(
      (flavour) => ({ name, ...(flavour && { flavour }) }) as (typeof variants)[number],
    ),
  ),
  { name: "momentum", momentum: -0.5 },
  { name: "momentum", nesterov: true, dampening: 0, weightDecay: 0.1 },
  { name: "momentum", form: "average", nesterov: true },
  { name: "momentum", flavour: "keras", nesterov: true, schedule: { name: "linear", steps: 30, to: 0.1 } },
  { name: "adagrad", lrDecay: 0.1 },
  { name: "rmsprop", momentum: 0.9, weightDecay: 0.1 },
  { name: "rmsprop", rho: 0 },
  {
    name: "rmsprop",
    centered: true,
    rhoMean: 0.5,
    biasCorrection: true,
    momentum: 0.5,
    nesterov: true,
    eps: 0.1,
    epsPlacement: "inside",
  },
  { name: "rmsprop", flavour: "optax", centered: true, clip: { by: "value", limit: 0.5 } },
  { name: "rmsprop", flavour: "keras", weightDecay: 0.1, schedule: { name: "cosine", steps: 20, restarts: true } },
  { name: "adam", amsgrad: true, weightDecay: 0.1 },
  { name: "adam", beta1: -0.5, beta2: 0.9 },
  { name: "adam", flavour: "optax", amsgrad: true, epsRoot: 1e-3 },
  { name: "adam", onChange: "time" },
  { name: "adamw", weightDecay: 0.5, onChange: "reset" },
  { name: "nadam", flavour: "keras", decoupled: true, weightDecay: 0.1 },
  { name: "radam", beta2: 0.9 },
  { name: "lion", weightDecay: 0.1, decoupled: false },
];

const gradientAt = (t: number, size: number) => Float64Array.from({ length: size }, (_, i) => Math.sin(3 * t + 7 * i));

function run(input: OptimizerInput, steps: number, make: (size: number) => Vector): Vector {
  const optimizer = createOptimizer(input);
  const parameters = make(5).fill(0.5);
  const state = optimizer.init(parameters);
  for (let t = 0; t < steps; t++) {
    const gradients = make(5);
    gradients.set(gradientAt(t, 5));
    optimizer.step(parameters, gradients, state);
  }
  return parameters;
}

v8.setFlagsFromString("--expose-gc");
const collect = vm.runInNewContext("gc") as () => void;

describe.each(variants.map((v) => [JSON.stringify(v), v] as const))("the optimizer %s", (_, input) => {
  it("leaves parameters alone under a zero gradient without decay", () => {
    const optimizer = createOptimizer({ ...input, weightDecay: 0 });
    const parameters = Float64Array.of(1, -2, 3);
    const state = optimizer.init(parameters);
    for (let t = 0; t < 5; t++) optimizer.step(parameters, new Float64Array(3), state);
    expect([...parameters]).toEqual([1, -2, 3]);
  });

  it("gives the same bits again", () => {
    const make = (size: number) => new Float64Array(size);
    expect([...run(input, 30, make)]).toEqual([...run(input, 30, make)]);
    expect([...run(input, 30, make)]).not.toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
  });

  it("continues from a copied state with the same bits", () => {
    const optimizer = createOptimizer(input);
    const parameters = Float64Array.of(1, -2, 3);
    const state = optimizer.init(parameters);
    for (let t = 0; t < 7; t++) optimizer.step(parameters, gradientAt(t, 3), state);
    const resumed = parameters.slice();
    const copy = copyState(state);
    for (let t = 7; t < 20; t++) optimizer.step(parameters, gradientAt(t, 3), state);
    const again = createOptimizer(input);
    for (let t = 7; t < 20; t++) again.step(resumed, gradientAt(t, 3), copy);
    expect([...resumed]).toEqual([...parameters]);
  });

  it("starts again after a reset with the bits of a new start", () => {
    const optimizer = createOptimizer(input);
    const state = optimizer.init(3);
    const parameters = Float64Array.of(1, -2, 3);
    for (let t = 0; t < 7; t++) optimizer.step(parameters, gradientAt(t, 3), state);
    optimizer.reset(state);
    expect(state).toEqual(optimizer.init(3));
  });

  it("treats every parameter by itself and never changes the gradients", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 2, maxLength: 8 }), (values) => {
        const optimizer = createOptimizer(input);
        const together = new Float64Array(values.length).fill(1);
        const gradients = Float64Array.from(values);
        const state = optimizer.init(together);
        for (let t = 0; t < 3; t++) optimizer.step(together, gradients, state);
        expect([...gradients]).toEqual(values);
        values.forEach((value, i) => {
          const alone = Float64Array.of(1);
          const own = optimizer.init(1);
          for (let t = 0; t < 3; t++) optimizer.step(alone, Float64Array.of(value), own);
          expect(alone[0]).toBe(together[i]);
        });
      }),
      { numRuns: 20 },
    );
  });

  it("takes the precision of the parameters, within float32's rounding of the float64 path", () => {
    const double = run(input, 50, (size) => new Float64Array(size));
    const single = run(input, 50, (size) => new Float32Array(size));
    expect(single).toBeInstanceOf(Float32Array);
    // 50 steps, each rounding parameters of size about 1 by at most 2⁻²⁴, and the accumulators that scale the step by a
    // few times 2⁻²⁴; the longest path here is of length 50: 50 · (1 + 4) · 2⁻²⁴.
    const length = Math.max(1, ...double.map(Math.abs));
    for (let i = 0; i < 5; i++) expect(Math.abs(single[i] - double[i])).toBeLessThan(1.5e-5 * length);
    expect([...single]).not.toEqual([...double]);
  });

  it("returns from update what step adds", () => {
    const optimizer = createOptimizer(input);
    const [a, b] = [Float64Array.of(1, 2), Float64Array.of(1, 2)];
    const [stateA, stateB] = [optimizer.init(a), optimizer.init(b)];
    for (let t = 0; t < 4; t++) {
      const updates = optimizer.update(gradientAt(t, 2), stateA, a);
      a.forEach((value, i) => {
        a[i] = value + updates[i];
      });
      optimizer.step(b, gradientAt(t, 2), stateB);
    }
    expect([...a]).toEqual([...b]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "refuses a gradient of %d with the step, changing nothing",
    (bad) => {
      const optimizer = createOptimizer(input);
      const parameters = Float64Array.of(1, 2, 3);
      const state = optimizer.init(parameters);
      for (let t = 0; t < 4; t++) optimizer.step(parameters, gradientAt(t, 3), state);
      const before = copyState(state);
      const kept = parameters.slice();
      const gradients = Float64Array.of(1, bad, Number.NaN);
      const refused = new NonFiniteGradientError(input.name, 5, 1, bad);
      expect(() => optimizer.step(parameters, gradients, state)).toThrow(refused);
      expect(() => optimizer.update(gradients, state, parameters)).toThrow(
        /parameter 1 is (NaN|-?Infinity) at step 5$/,
      );
      expect(parameters).toEqual(kept);
      expect(state).toEqual(before);
    },
  );

  it("allocates nothing in a step", () => {
    const optimizer = createOptimizer(input);
    const size = 1000;
    const parameters = new Float64Array(size).fill(0.5);
    const gradients = gradientAt(1, size);
    const state = optimizer.init(parameters);
    const run = (steps: number) => {
      collect();
      const before = process.memoryUsage();
      for (let t = 0; t < steps; t++) optimizer.step(parameters, gradients, state);
      const after = process.memoryUsage();
      return { vectors: after.arrayBuffers - before.arrayBuffers, bytes: (after.heapUsed - before.heapUsed) / steps };
    };
    // Numbers are boxed until the engine has compiled the loop; then a step leaves a few dozen bytes at most.
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 20 && least >= 200; round++) {
      const { vectors, bytes } = run(500);
      expect(vectors).toBeLessThanOrEqual(0);
      least = Math.min(least, bytes);
    }
    expect(least).toBeLessThan(200);
  });
});

describe("wrong optimizer options", () => {
  it.each([
    [{ name: "rmsprop", rho: 1.2 }, /^optimizer: rho: expected less than 1, found 1.2$/],
    [{ name: "adam", beta1: "0.9" }, /^optimizer: beta1: expected a number, found "0.9"$/],
    [
      { name: "rmsprop", flavour: "pytorch" },
      /^optimizer: flavour: expected one of torch, optax, keras, tf1, tfjs, found "pytorch"; did you mean "torch"\?$/,
    ],
    [{ name: "lion", flavour: "torch" }, /^optimizer: flavour: expected one of keras, optax, found "torch"/],
    [{ name: "rmprop" }, /unknown name "rmprop"; did you mean "rmsprop"\?/],
    [
      { name: "adam", rho: 0.9 },
      /^optimizer: unknown key "rho"; it belongs to adadelta, rmsprop; adam takes lr, beta1/,
    ],
    [{ name: "adam", weigthDecay: 0.9 }, /^optimizer: unknown key "weigthDecay"; did you mean "weightDecay"\? valid/],
    [
      { name: "adam", epsPlacement: "inside" },
      /^optimizer: epsPlacement: expected one of outside, hat, found "inside"/,
    ],
    [{ name: "sgd", onChange: "time" }, /^optimizer: onChange: expected one of keep, reset, found "time"/],
    [{ name: "sgd", clip: { by: "norm" } }, /^optimizer: clip.limit: missing; expected a number$/],
    [{ name: "sgd", clip: { by: "nrm", limit: 1 } }, /^optimizer: clip.by: expected one of .*did you mean "norm"\?$/],
    [
      { name: "sgd", schedule: { name: "cosin", steps: 3 } },
      /^optimizer: schedule.name: unknown name "cosin"; did you mean "cosine"\?/,
    ],
    [{ name: "sgd", schedule: { name: "cosine" } }, /^optimizer: schedule.steps: missing; expected an integer$/],
    [
      { name: "sgd", schedule: { name: "linear", step: 3, steps: 3 } },
      /^optimizer: schedule: unknown key "step"; did you mean "steps"\?/,
    ],
    [
      { name: "sgd", schedule: { name: "piecewise", at: [5, 3], factors: [1, 2] } },
      /^optimizer: schedule.factors: expected one factor more.*; schedule.at: expected steps in increasing order/,
    ],
    [
      { name: "sgd", schedule: { name: "warmUp", steps: 3, after: { name: "warmUp" } } },
      /^optimizer: schedule.after.name: unknown name "warmUp"/,
    ],
    [{}, /name: missing; expected one of sgd/],
    [undefined, /^optimizer: missing; expected an object$/],
  ])("%j is refused with path, expectation and value", (input, message) => {
    expect(() => createOptimizer(input as OptimizerInput)).toThrow(message);
  });
});
