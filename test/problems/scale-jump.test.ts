import { describe, expect, it } from "vitest";
import { scaleAt } from "../../src/problems/scale-jump.js";
import { problemTask } from "../../src/problems/task.js";
import { record } from "../record.js";

const problem = { name: "scaleJump", scales: [1, 10, 2], at: [5, 8] };

describe("the scale jump", () => {
  it("begins each phase with the step after the jump", () => {
    const scales = Array.from({ length: 10 }, (_, i) => scaleAt({ ...problem, name: "scaleJump", noise: 0 }, i + 1));
    expect(scales).toEqual([1, 1, 1, 1, 1, 10, 10, 10, 2, 2]);
  });

  it("logs the gradient and the step in units of the learning rate", async () => {
    const { tables, result } = await record(problemTask, { problem, optimizer: { name: "sgd", lr: 0.5 }, steps: 10 });
    expect(tables.metrics.gradient).toEqual(tables.metrics.scale);
    expect(tables.metrics.normalisedStep).toEqual([1, 1, 1, 1, 1, 10, 10, 10, 2, 2]);
    expect(result.summary.pathLength).toBeCloseTo(0.5 * 39, 12);
  });

  it("draws its noise from the seed", async () => {
    const noisy = { problem: { ...problem, noise: 0.1 }, optimizer: { name: "rmsprop" }, steps: 200 };
    const [a, b, c] = [
      await record(problemTask, noisy, 1),
      await record(problemTask, noisy, 1),
      await record(problemTask, noisy, 2),
    ];
    expect(a.tables).toEqual(b.tables);
    expect(a.tables.metrics.gradient).not.toEqual(c.tables.metrics.gradient);
    expect(a.tables.metrics.scale).toEqual(c.tables.metrics.scale);
  });

  it("refuses phases that do not fit", async () => {
    const run = (change: object) =>
      record(problemTask, { problem: { ...problem, ...change }, optimizer: { name: "sgd" } });
    await expect(run({ at: [5] })).rejects.toThrow(/problem\.at: expected one step fewer than there are scales/);
    await expect(run({ at: [8, 5] })).rejects.toThrow(/problem\.at: expected steps in increasing order/);
    await expect(run({ scales: [1, -1, 1] })).rejects.toThrow(/scales/);
  });
});
