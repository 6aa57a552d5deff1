import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createWasmEngine } from "../../../src/kernels/wasm.js";
import { createOptimizer, NonFiniteGradientError, norm, type OptimizerInput } from "../../../src/optim/index.js";
import { RandomStream } from "../../../src/rng/random-stream.js";

const engine = createWasmEngine({ megabytes: 64 });

/** Parameters and states after a few steps, on the engine and by the loops. */
function both(input: OptimizerInput, size: number, skew = 0, steps = 4) {
  return [engine, undefined].map((at) => {
    const stream = new RandomStream(size, "data");
    const vector = () => (at === undefined ? new Float32Array(size) : at.allocate(size + skew).subarray(skew));
    const [parameters, gradients] = [vector(), vector()];
    stream.fillNormal(parameters);
    const optimizer = createOptimizer(input, at);
    const state = optimizer.init(parameters);
    for (let step = 0; step < steps; step++) {
      stream.fillNormal(gradients, 0, 10 ** (step - 2));
      if (size > 2) gradients[2] = -0;
      if (step === 2) optimizer.update(gradients, state, parameters);
      else optimizer.step(parameters, gradients, state);
    }
    if (at !== undefined) expect(at.owns(state.updates)).toBe(true);
    const plain = Object.fromEntries(
      Object.entries(state).map(([name, value]) => [
        name,
        typeof value === "number" ? value : Array.from(value as never),
      ]),
    );
    return { parameters: Array.from(parameters), state: plain };
  });
}

const cases: OptimizerInput[] = [
  { name: "rmsprop" },
  { name: "rmsprop", flavour: "optax", lr: 0.01, rho: 0.9 },
  { name: "rmsprop", flavour: "keras", weightDecay: 0.1 },
  { name: "rmsprop", flavour: "tf1", biasCorrection: true },
  { name: "rmsprop", flavour: "tfjs", schedule: { name: "linear", steps: 10, to: 0 } },
  { name: "rmsprop", weightDecay: 0.1, clip: { by: "norm", limit: 0.5 } },
  { name: "rmsprop", centered: true, momentum: 0.9 },
  { name: "adam" },
  { name: "adam", beta1: -0.5, beta2: 0.99, weightDecay: 0.1 },
  { name: "adam", flavour: "keras" },
  { name: "adam", flavour: "optax", epsRoot: 1e-6 },
  { name: "adam", amsgrad: true },
  { name: "adam", beta1: 0, clip: { by: "value", limit: 0.1 } },
  { name: "adamw", weightDecay: 0.1 },
  { name: "adamRel" },
];

describe("an optimizer on an engine", () => {
  it.each(cases.map((input) => [JSON.stringify(input), input] as const))("has the bits of its loop: %s", (_, input) => {
    for (const size of [0, 1, 3, 5, 17, 64, 1001]) {
      const [kernels, loops] = both(input, size, size % 4);
      expect(kernels).toEqual(loops);
    }
  });

  it("has them for any coefficients", () => {
    const share = fc.double({ min: 0, max: 0.9999, noNaN: true });
    fc.assert(
      fc.property(
        share,
        share,
        fc.double({ min: 1e-12, max: 1, noNaN: true }),
        fc.nat({ max: 40 }),
        (a, b, eps, size) => {
          for (const input of [
            { name: "rmsprop", lr: eps, rho: a, eps },
            { name: "adam", lr: eps, beta1: a, beta2: b, eps },
          ] as OptimizerInput[]) {
            const [kernels, loops] = both(input, size);
            expect(kernels).toEqual(loops);
          }
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it("names a gradient that is not finite, and changes nothing", () => {
    const [parameters, gradients] = [engine.allocate(20).fill(1), engine.allocate(20).fill(1)];
    const optimizer = createOptimizer({ name: "adam" }, engine);
    const state = optimizer.init(parameters);
    gradients[13] = Number.POSITIVE_INFINITY;
    expect(() => optimizer.step(parameters, gradients, state)).toThrow(NonFiniteGradientError);
    expect(() => optimizer.step(parameters, gradients, state)).toThrow(
      "adam: the gradient of parameter 13 is Infinity at step 1",
    );
    expect([state.step, ...parameters]).toEqual([0, ...new Array(20).fill(1)]);
  });

  it("steps vectors that are not the engine's by its loop", () => {
    const [parameters, gradients] = [new Float32Array(3).fill(1), new Float32Array(3).fill(1)];
    const optimizer = createOptimizer({ name: "rmsprop" }, engine);
    optimizer.step(parameters, gradients, optimizer.init(parameters));
    expect(parameters[0]).toBeLessThan(1);
    const wide = new Float64Array(3);
    optimizer.step(wide, new Float64Array(3).fill(1), optimizer.init(wide));
    expect(wide[0]).toBeLessThan(0);
  });

  it("takes no more of the engine's memory at a reset", () => {
    const small = createWasmEngine({ megabytes: 1 });
    const parameters = small.allocate(10_000);
    const optimizer = createOptimizer({ name: "adam", onChange: "reset" }, small);
    const state = optimizer.init(parameters);
    for (let i = 0; i < 100; i++) optimizer.change(state);
    expect(small.owns(state.updates)).toBe(true);
  });
});

describe("the norm", () => {
  it.each([0, 1, 3, 7, 8, 9, 17, 1003])("of %d entries has the same bits on the engine, aligned or not", (size) => {
    const own = engine.allocate(size + 1).subarray(1);
    new RandomStream(1, "data").fillNormal(own);
    const plain = Float32Array.from(own);
    expect(norm(own, engine)).toBe(norm(plain));
    expect(norm(plain)).toBeCloseTo(Math.hypot(...plain), 10);
    expect(norm(plain, engine)).toBe(norm(plain));
  });
});
