import { describe, expect, it } from "vitest";
import { rlTask } from "../../agents/index.js";
import { createOptimizer } from "../../src/optim/index.js";
import { problemTask } from "../../src/problems/task.js";
import { record } from "../record.js";

describe("a signalled change", () => {
  const stepsAfterJump = async (optimizer: object) => {
    const problem = { name: "scaleJump", scales: [1, 1e6], at: [20_000] };
    const { tables } = await record(problemTask, { problem, optimizer: { eps: 0, ...optimizer }, steps: 20_040 });
    return tables.metrics.normalisedStep.slice(20_000);
  };

  it("keeps Adam-Rel's step at η where Adam overshoots to 6.57 η", async () => {
    expect(Math.max(...(await stepsAfterJump({ name: "adam" })))).toBeCloseTo(6.569, 2);
    expect(Math.max(...(await stepsAfterJump({ name: "adamRel" })))).toBeCloseTo(1, 3);
    expect(Math.max(...(await stepsAfterJump({ name: "adam", onChange: "time" })))).toBeCloseTo(1, 3);
  });

  it("starts RMSprop anew where asked: its first step is 1/√(1 − ρ) of the new scale", async () => {
    const input = { name: "rmsprop", rho: 0.99, onChange: "reset" };
    expect((await stepsAfterJump(input))[0]).toBeCloseTo(10, 10);
    expect((await stepsAfterJump({ ...input, initialAccumulator: 4 }))[0]).toBeCloseTo(10, 6);
  });

  it("does nothing by default, and takes everything back on reset, t too", () => {
    for (const onChange of ["keep", "reset"] as const) {
      const optimizer = createOptimizer({ name: "adam", onChange });
      const state = optimizer.init(2);
      optimizer.step(Float64Array.of(1, 2), Float64Array.of(3, 4), state);
      const before = structuredClone(state);
      optimizer.change(state);
      expect(state).toEqual(onChange === "keep" ? before : optimizer.init(2));
    }
  });

  it("comes from a drifting environment after the rollout in which it drifted", async () => {
    const run = async (onChange: string, drifts: boolean) => {
      const drift = {
        parameter: "forceMag",
        schedule: { name: "at", steps: [200] },
        update: { name: "cycle", values: [-10] },
      };
      const env = { id: "CartPole-v1", drift: drifts ? [drift] : [] };
      const { tables } = await record(rlTask, { env, optimizer: { name: "rmsprop", onChange }, steps: 800 });
      return tables.metrics;
    };
    const [keep, reset] = [await run("keep", true), await run("reset", true)];
    const at = keep.changes.indexOf(1);
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(keep.changes.length - 1);
    expect(reset.updateNorm.slice(0, at + 1)).toEqual(keep.updateNorm.slice(0, at + 1));
    expect(reset.updateNorm[at + 1]).not.toBe(keep.updateNorm[at + 1]);
    expect((await run("reset", false)).updateNorm).toEqual((await run("keep", false)).updateNorm);
  });
});
