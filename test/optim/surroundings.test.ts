import { describe, expect, it } from "vitest";
import {
  addDecay,
  chain,
  clipGradients,
  copyState,
  createOptimizer,
  extragradient,
  lookahead,
  norm,
  type OptimizerInput,
  scaleBy,
} from "../../src/optim/index.js";

const first = (input: OptimizerInput, gradients: readonly number[], parameters: readonly number[] = [0, 0, 0, 0]) => {
  const optimizer = createOptimizer(input);
  return [
    ...optimizer.update(Float64Array.from(gradients), optimizer.init(gradients.length), Float64Array.from(parameters)),
  ];
};
const gradientAt = (t: number, size: number) => Float64Array.from({ length: size }, (_, i) => Math.sin(3 * t + 7 * i));

describe("clipping", () => {
  const sgd = { name: "sgd", flavour: "optax", lr: 1 } as const;

  it("by value limits each entry", () => {
    expect(first({ ...sgd, clip: { by: "value", limit: 2 } }, [-3, 2, 1, 5])).toEqual([2, -2, -1, -2]);
  });

  it("by global norm keeps the direction, and leaves a short gradient alone", () => {
    expect(first({ ...sgd, clip: { by: "globalNorm", limit: 1 } }, [0, 3, 4, 0])).toEqual([
      -0, -0.6000000000000001, -0.8, -0,
    ]);
    expect(first({ ...sgd, clip: { by: "globalNorm", limit: 5 } }, [0, 3, 4, 0])).toEqual([-0, -3, -4, -0]);
  });

  it("by norm treats every tensor by itself", () => {
    const clip = { by: "norm" as const, limit: 1, tensors: [2, 2] };
    expect(first({ ...sgd, clip }, [0, 0.5, 0, 10])).toEqual([-0, -0.5, -0, -1]);
    expect(() => first({ ...sgd, clip: { ...clip, tensors: [2, 3] } }, [0, 0.5, 0, 10])).toThrow(
      "optimizer: clip.tensors: expected lengths that sum to 4 parameters, found 5",
    );
  });

  it("adds 1e-6 to the norm in torch alone", () => {
    const length = (flavour: "torch" | "keras") =>
      norm(
        Float64Array.from(first({ name: "sgd", flavour, lr: 1, clip: { by: "globalNorm", limit: 1 } }, [0, 3, 4, 0])),
      );
    expect(length("torch")).toBeCloseTo(5 / (5 + 1e-6), 14);
    expect(length("keras")).toBeCloseTo(1, 14);
  });

  it("comes before coupled decay in torch, after it where decay is part of the loss, and either can be asked for", () => {
    const input = { name: "sgd", lr: 1, weightDecay: 1, clip: { by: "value", limit: 1 } } as const;
    const step = (change: object) => first({ ...input, ...change } as OptimizerInput, [5], [10])[0];
    expect(step({})).toBe(-11);
    expect(step({ flavour: "tf1" })).toBe(-1);
    expect(step({ decayBeforeClip: true })).toBe(-1);
    expect(step({ flavour: "keras" })).toBe(-11); // decoupled: 1 clipped, and 10 beside it
    expect(step({ flavour: "keras", decoupled: false })).toBe(-1);
  });
});

describe("decoupled decay", () => {
  it("shrinks parameters by η λ whatever the gradient, and by the scheduled η", () => {
    const optimizer = createOptimizer({
      ...{ name: "rmsprop", lr: 0.1, weightDecay: 0.5, decoupled: true },
      schedule: { name: "piecewise", at: [1], factors: [1, 0.5] },
    });
    const parameters = Float64Array.of(8);
    const state = optimizer.init(1);
    optimizer.step(parameters, Float64Array.of(0), state);
    expect(parameters[0]).toBe(8 * (1 - 0.05));
    optimizer.step(parameters, Float64Array.of(0), state);
    expect(parameters[0]).toBeCloseTo(8 * (1 - 0.05) * (1 - 0.025), 14);
  });
});

describe("a chain", () => {
  const rmsprop = createOptimizer({ name: "rmsprop", lr: 0.01, momentum: 0.9 });

  it("of clipping, decay and an optimizer is the optimizer with these options", () => {
    const clip = { by: "globalNorm", limit: 0.7 } as const;
    const chained = chain([clipGradients(clip), addDecay(0.1), rmsprop]);
    const whole = createOptimizer({
      name: "rmsprop",
      lr: 0.01,
      momentum: 0.9,
      weightDecay: 0.1,
      clip: { ...clip, eps: 0 },
    });
    const [a, b] = [Float64Array.of(1, -2, 3), Float64Array.of(1, -2, 3)];
    const [stateA, stateB] = [chained.init(a), whole.init(b)];
    for (let t = 0; t < 20; t++) {
      chained.step(a, gradientAt(t, 3), stateA);
      whole.step(b, gradientAt(t, 3), stateB);
    }
    expect([...a]).toEqual([...b]);
    expect(chained.name).toBe("clipGradients → addDecay → rmsprop");
  });

  it("scales what comes out, by a number, a schedule or a function", () => {
    const factors = [0.5, { name: "linear", steps: 2, from: 0.5, to: 0.25 }, (step: number) => 0.5 - step / 8] as const;
    const seconds = factors.map((factor) => {
      const optimizer = chain([createOptimizer({ name: "sgd", lr: 1 }), scaleBy(factor as number)]);
      const state = optimizer.init(1);
      expect(optimizer.update(Float64Array.of(2), state, Float64Array.of(0))[0]).toBe(-1);
      return optimizer.update(Float64Array.of(2), state, Float64Array.of(0))[0];
    });
    expect(seconds).toEqual([-1, -0.75, -0.75]);
  });

  it("continues from a copy, starts anew after a reset, passes a change on, and refuses NaN before any link moves", () => {
    const optimizer = chain([
      clipGradients({ by: "value", limit: 0.5 }),
      createOptimizer({ name: "adam", onChange: "reset" }),
    ]);
    const a = Float64Array.of(1, 2);
    const state = optimizer.init(a);
    for (let t = 0; t < 5; t++) optimizer.step(a, gradientAt(t, 2), state);
    const [b, copy] = [a.slice(), copyState(state)];
    for (let t = 5; t < 9; t++) optimizer.step(a, gradientAt(t, 2), state);
    for (let t = 5; t < 9; t++) optimizer.step(b, gradientAt(t, 2), copy);
    expect([...b]).toEqual([...a]);
    expect(() => optimizer.step(b, Float64Array.of(0, Number.NaN), copy)).toThrow(/parameter 1 is NaN at step 10$/);
    expect(copy).toEqual(state);
    optimizer.change(copy);
    expect((copy.links as (typeof copy)[])[1]).toEqual(createOptimizer({ name: "adam" }).init(2));
    expect(copy.step).toBe(9);
    optimizer.reset(copy);
    expect(copy).toEqual(optimizer.init(2));
  });

  it("refuses wrong links by name", () => {
    expect(() => clipGradients({ by: "value", limit: -1 })).toThrow(
      "clipGradients: limit: expected more than 0, found -1",
    );
    expect(() => scaleBy({ name: "linear" } as never)).toThrow("scaleBy: steps: missing; expected an integer");
  });
});

describe("lookahead", () => {
  it("calls the fast parameters back every k-th step", () => {
    const optimizer = lookahead(createOptimizer({ name: "sgd", lr: 1 }), { every: 3, share: 0.25 });
    const parameters = Float64Array.of(10);
    const state = optimizer.init(parameters);
    const path = [1, 1, 1, 1, 1, 1].map((g) => {
      optimizer.step(parameters, Float64Array.of(g), state);
      return parameters[0];
    });
    expect(path).toEqual([9, 8, 9.25, 8.25, 7.25, 8.5]);
    expect(() => lookahead(createOptimizer({ name: "sgd" }), { share: 0 })).toThrow(
      "lookahead: share: expected more than 0",
    );
  });

  it("makes gradient descent converge on the bilinear game where alone it spirals out", () => {
    const radius = (wrap: boolean) => {
      const base = createOptimizer({ name: "sgd", lr: 0.3 });
      const optimizer = wrap ? lookahead(base, { every: 6 }) : base;
      const [x, y] = [Float64Array.of(1), Float64Array.of(0)];
      const [stateX, stateY] = [optimizer.init(1), optimizer.init(1)];
      for (let t = 0; t < 600; t++) {
        const [gx, gy] = [Float64Array.of(y[0]), Float64Array.of(-x[0])];
        optimizer.step(x, gx, stateX);
        optimizer.step(y, gy, stateY);
      }
      return Math.hypot(x[0], y[0]);
    };
    expect(radius(false)).toBeGreaterThan(1e10);
    expect(radius(true)).toBeLessThan(1e-3);
  });
});

describe("extragradient", () => {
  /** Rotations on f = x y; the exact factor on z = x + i y is 1 − η² − i η: |·|² = 1 − η² + η⁴. */
  it("has the closed form's contraction on the bilinear game", () => {
    const optimizer = extragradient(createOptimizer({ name: "sgd", lr: 0.1 }));
    const [x, y] = [Float64Array.of(1), Float64Array.of(0)];
    const [stateX, stateY] = [optimizer.init(1), optimizer.init(1)];
    for (let t = 0; t < 100; t++) {
      const [gx, gy] = [Float64Array.of(y[0]), Float64Array.of(-x[0])];
      optimizer.extrapolate(x, gx, stateX);
      optimizer.extrapolate(y, gy, stateY);
      gx[0] = y[0];
      gy[0] = -x[0];
      optimizer.step(x, gx, stateX);
      optimizer.step(y, gy, stateY);
    }
    const squared = 1 - 0.01 + 0.0001;
    const expected = Math.exp(50 * Math.log(squared));
    expect(Math.hypot(x[0], y[0]) / expected).toBeCloseTo(1, 12);
  });

  it("goes back before it steps, around any optimizer, also when saved between the halves", () => {
    const base = createOptimizer({ name: "adam", lr: 0.1 });
    const optimizer = extragradient(base);
    const parameters = Float64Array.of(1, 2);
    const state = optimizer.init(parameters);
    optimizer.extrapolate(parameters, gradientAt(0, 2), state);
    const [resumed, copy] = [parameters.slice(), copyState(state)];
    optimizer.step(parameters, gradientAt(1, 2), state);
    optimizer.step(resumed, gradientAt(1, 2), copy);
    expect([...resumed]).toEqual([...parameters]);

    const plain = base.init(2);
    base.update(gradientAt(0, 2), plain, Float64Array.of(1, 2));
    const second = base.update(gradientAt(1, 2), plain, Float64Array.of(1, 2));
    expect([...parameters]).toEqual([1 + second[0], 2 + second[1]]);
  });

  it("refuses halves out of order", () => {
    const optimizer = extragradient(createOptimizer({ name: "sgd" }));
    const [parameters, gradients] = [Float64Array.of(1), Float64Array.of(1)];
    const state = optimizer.init(1);
    expect(() => optimizer.step(parameters, gradients, state)).toThrow(/needs extrapolate/);
    optimizer.extrapolate(parameters, gradients, state);
    expect(() => optimizer.extrapolate(parameters, gradients, state)).toThrow(/extrapolated twice/);
  });
});
