import { describe, expect, it } from "vitest";
import { createOptimizer } from "../../src/optim/index.js";
import { problemTask } from "../../src/problems/task.js";
import { type QuadraticTask, unrolledRmsprop } from "../../src/problems/unrolled-rmsprop.js";
import { Streams } from "../../src/rng/streams.js";
import { record } from "../record.js";

const [size, steps] = [3, 40];
const stream = new Streams(3).get("data");
const normals = (count: number) => Float64Array.from({ length: count }, () => stream.normal());
const task: QuadraticTask = {
  curvatures: Float64Array.of(0.02, 0.3, 1),
  deviations: Float64Array.of(0.5, 0.01, 0.1),
  start: normals(size),
  noise: normals(size * steps),
};

describe.each([false, true])("unrolled RMSprop, bias correction %s", (biasCorrection) => {
  const options = { rho: 0.9, eps: 0.05, lr: 0.1, biasCorrection, speed: 1, smoothness: 0.3 };

  it("takes the library's path", () => {
    const optimizer = createOptimizer({ name: "rmsprop", lr: 0.1, rho: 0.9, eps: 0.05, biasCorrection });
    const theta = task.start.slice();
    const state = optimizer.init(theta);
    for (let t = 0; t < steps; t++) {
      const gradients = theta.map(
        (value, i) => task.curvatures[i] * value + task.deviations[i] * task.noise[t * size + i],
      );
      optimizer.step(theta, gradients, state);
    }
    unrolledRmsprop(task, options).end.forEach((value, i) => {
      expect(value).toBeCloseTo(theta[i], 12);
    });
  });

  it("has the derivatives of its objective, against central differences", () => {
    const found = unrolledRmsprop(task, options);
    const slope = (name: "rho" | "eps", step: number) => {
      const [above, below] = [step, -step].map(
        (change) => unrolledRmsprop(task, { ...options, [name]: options[name] + change }).objective,
      );
      return (above - below) / (2 * step);
    };
    expect(found.byRho / slope("rho", 1e-6)).toBeCloseTo(1, 6);
    expect(found.byEps / slope("eps", 1e-6)).toBeCloseTo(1, 6);
  });
});

describe("the problem of RMSprop's settings", () => {
  it("starts at its ρ and ε, judges them on the same tasks for every start, and improves by descent", async () => {
    const run = async (rho: number, lr: number) =>
      (
        await record(problemTask, {
          problem: { name: "metaRmsprop", rho, eps: 10, length: 30, heldOut: 4, batch: 2 },
          optimizer: { name: "adam", lr },
          steps: 60,
        })
      ).tables.metrics;
    const [still, other, descent] = [await run(0.7, 0), await run(0.7, 0), await run(0.7, 0.1)];
    expect(still.rho[0]).toBeCloseTo(0.7, 12);
    expect(still.eps[0]).toBeCloseTo(10, 12);
    expect(other.objective[0]).toBe(still.objective[0]);
    expect(descent.objective.at(-1)).toBeLessThan(still.objective[0] - 0.5);
  });
});
