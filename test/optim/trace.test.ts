import { describe, expect, it } from "vitest";
import { chain, clipGradients, createOptimizer, createTrace, optimizers } from "../../src/optim/index.js";

describe("a trace", () => {
  it("tells norms, effective steps and √v over the parameters", () => {
    const optimizer = createOptimizer({ name: "rmsprop", lr: 0.5, rho: 0.75, eps: 0 });
    const state = optimizer.init(5);
    const gradients = Float64Array.of(1, -2, 4, 8, 0.5);
    const parameters = new Float64Array(5);
    optimizer.step(parameters, gradients, state);
    const trace = createTrace(5, { quantiles: [0, 0.25, 0.5, 1] });
    const record = trace.read(gradients, state);
    // v = g²/4: √v = |g|/2, Δθ = −η · 2 sign g, |Δθ|/|g| = 1/|g|.
    expect(record.gradientNorm).toBe(Math.sqrt(1 + 4 + 16 + 64 + 0.25));
    expect(record.updateNorm).toBe(Math.sqrt(5));
    expect([...record.effectiveStep]).toEqual([0.125, 0.25, 0.5, 2]);
    expect([...record.rootSquareAverage]).toEqual([0.25, 0.5, 1, 4]);
  });

  it("interpolates between ranks", () => {
    const optimizer = createOptimizer({ name: "adagrad", lr: 1, eps: 0 });
    const state = optimizer.init(2);
    const gradients = Float64Array.of(1, 3);
    optimizer.step(new Float64Array(2), gradients, state);
    const { rootSquareAverage } = createTrace(2, { quantiles: [0.5, 0.75] }).read(gradients, state);
    expect([...rootSquareAverage]).toEqual([2, 2.5]);
  });

  it("leaves out parameters whose gradient is zero, and says NaN where nothing is to be told", () => {
    const optimizer = createOptimizer({ name: "sgd", lr: 0.25 });
    const state = optimizer.init(3);
    const trace = createTrace(3);
    const gradients = Float64Array.of(0, 2, 0);
    optimizer.step(new Float64Array(3), gradients, state);
    expect([...trace.read(gradients, state).effectiveStep]).toEqual([0.25, 0.25, 0.25]);
    expect([...trace.record.rootSquareAverage]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    gradients.fill(0);
    expect([...trace.read(gradients, state).effectiveStep]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it.each(Object.keys(optimizers))("reads %s, and changes nothing that the next step sees", (name) => {
    const optimizer = createOptimizer({ name } as never);
    const [a, b] = [Float32Array.of(1, 2, 3), Float32Array.of(1, 2, 3)];
    const [stateA, stateB] = [optimizer.init(a), optimizer.init(b)];
    const trace = createTrace(3);
    for (let t = 0; t < 10; t++) {
      const gradients = Float32Array.of(Math.sin(t), Math.cos(t), 1);
      optimizer.step(a, gradients, stateA);
      optimizer.step(b, gradients, stateB);
      const record = trace.read(gradients, stateB);
      expect(record.updateNorm).toBeGreaterThan(0);
      expect(record.effectiveStep[1]).toBeGreaterThan(0);
      if ("squareAverage" in stateB) expect(record.rootSquareAverage[1]).toBeGreaterThan(0);
    }
    expect(a).toEqual(b);
  });

  it("finds √v inside a chain", () => {
    const optimizer = chain([
      clipGradients({ by: "value", limit: 1 }),
      createOptimizer({ name: "rmsprop", rho: 0.75 }),
    ]);
    const state = optimizer.init(1);
    const gradients = Float64Array.of(7);
    optimizer.step(new Float64Array(1), gradients, state);
    const { rootSquareAverage, gradientNorm } = createTrace(1).read(gradients, state);
    expect([rootSquareAverage[1], gradientNorm]).toEqual([0.5, 7]);
  });

  it("refuses quantiles that are none", () => {
    expect(() => createTrace(3, { quantiles: [0.5, 1.5] })).toThrow(
      "trace: quantiles.1: expected at most 1, found 1.5",
    );
  });
});
