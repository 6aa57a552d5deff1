import { describe, expect, it } from "vitest";
import { copyState, createOptimizer, extragradient } from "../../../src/optim/index.js";

const gradientAt = (t: number, size: number) => Float64Array.from({ length: size }, (_, i) => Math.sin(3 * t + 7 * i));

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
