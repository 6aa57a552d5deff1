import { describe, expect, it } from "vitest";
import { responses, settlingTimes } from "../../reports/adaptation/scale.js";
import { problemTask } from "../../src/problems/task.js";
import { record } from "../record.js";
import { finishedRun } from "./finished-run.js";

describe("the response of the step", () => {
  it("is the closed form at every step of every jump", async () => {
    const config = {
      problem: { name: "scaleJump", scales: [1, 10, 1], at: [600, 1200] },
      optimizer: { name: "rmsprop", rho: 0.9, eps: 0 },
      steps: 1800,
    };
    const { tables } = await record(problemTask, config);
    const rows = await responses([finishedRun({ config, tables })]);
    expect(rows.map(({ direction, ratio }) => [direction, ratio])).toEqual([
      ["up", 10],
      ["down", 0.1],
    ]);
    for (const { largestError, settled } of rows) {
      expect(largestError).toBeLessThan(1e-9);
      expect(settled.measured).toBe(settled.predicted);
    }
    // Memory 10: in memories.
    const [{ up, down }] = settlingTimes(rows);
    expect([up, down].map((time) => Math.round(10 * time))).toEqual(rows.map(({ settled }) => settled.measured));
  });
});
