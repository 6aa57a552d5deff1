import { describe, expect, it } from "vitest";
import { createOptimizer, lookahead } from "../../../src/optim/index.js";

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
