import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { copyState, createOptimizer, type OptimizerInput, optimizers, type Vector } from "../../src/optim/index.js";

/** Every registered optimizer, plain and with its options on. */
const variants: readonly OptimizerInput[] = [
  ...Object.keys(optimizers).map((name) => ({ name }) as OptimizerInput),
  { name: "momentum", momentum: -0.5 },
  { name: "momentum", nesterov: true, dampening: 0, weightDecay: 0.1 },
  { name: "rmsprop", momentum: 0.9, weightDecay: 0.1 },
  { name: "rmsprop", rho: 0 },
  { name: "adam", amsgrad: true, weightDecay: 0.1 },
  { name: "adam", beta1: -0.5, beta2: 0.9 },
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

describe.each(variants.map((v) => [JSON.stringify(v), v] as const))("the optimizer %s", (_, input) => {
  it("leaves parameters alone under a zero gradient without decay", () => {
    const optimizer = createOptimizer({ ...input, weightDecay: 0 });
    const parameters = Float64Array.of(1, -2, 3);
    const state = optimizer.init(parameters);
    for (let t = 0; t < 5; t++) optimizer.step(parameters, new Float64Array(3), state);
    expect([...parameters]).toEqual([1, -2, 3]);
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
      { numRuns: 50 },
    );
  });

  it("takes the precision of the parameters, within float32's rounding of the float64 path", () => {
    const double = run(input, 50, (size) => new Float64Array(size));
    const single = run(input, 50, (size) => new Float32Array(size));
    expect(single).toBeInstanceOf(Float32Array);
    // 50 steps, each rounding parameters of size about 1 by at most 2⁻²⁴ and accumulators alike.
    for (let i = 0; i < 5; i++) expect(Math.abs(single[i] - double[i])).toBeLessThan(1e-4);
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
});

describe("wrong optimizer options", () => {
  it.each([
    [{ name: "rmsprop", rho: 1.2 }, /^optimizer: rho: expected less than 1, found 1.2$/],
    [{ name: "adam", beta1: "0.9" }, /^optimizer: beta1: expected a number, found "0.9"$/],
    [{ name: "rmsprop", flavour: "pytorch" }, /^optimizer: flavour: expected one of torch, found "pytorch"/],
    [{ name: "rmprop" }, /unknown name "rmprop"; did you mean "rmsprop"\?/],
    [{ name: "adam", rho: 0.9 }, /^optimizer: unknown key "rho"; valid: name, lr, beta1/],
    [{}, /name: missing; expected one of sgd/],
  ])("%j is refused with path, expectation and value", (input, message) => {
    expect(() => createOptimizer(input as OptimizerInput)).toThrow(message);
  });
});
