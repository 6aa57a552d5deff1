import { describe, expect, it } from "vitest";
import { createOptimizer, norm, type OptimizerInput } from "../../../src/optim/index.js";

const first = (input: OptimizerInput, gradients: readonly number[], parameters: readonly number[] = [0, 0, 0, 0]) => {
  const optimizer = createOptimizer(input);
  return [
    ...optimizer.update(Float64Array.from(gradients), optimizer.init(gradients.length), Float64Array.from(parameters)),
  ];
};

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
