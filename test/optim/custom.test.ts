import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { rlTask } from "../../agents/index.js";
import { gameTask } from "../../gan/task.js";
import { check } from "../../src/config/check.js";
import {
  createOptimizer,
  optimizerSchema,
  restoreState,
  saveState,
  type UserOptimizer,
  withOptimizerModules,
} from "../../src/optim/index.js";
import { problemTask } from "../../src/problems/task.js";
import { executeRun } from "../../src/study/execute.js";
import type { Task } from "../../src/study/task.js";
import { record } from "../record.js";

const fixture = (file: string) => relative(process.cwd(), join(import.meta.dirname, "fixtures", file));
const module = fixture("sign-descent.mjs");

/** Newton's way on a parabola, as a user would write it. */
const halving: UserOptimizer<{ calls: number }> = {
  init: () => ({ calls: 0 }),
  update(_gradients, state, parameters) {
    state.calls++;
    return parameters.map((value) => -value / 2);
  },
};
const object = { name: "custom" as const, optimizer: halving as unknown as UserOptimizer };

describe("an optimizer of the user's own", () => {
  it("comes from a module with its options", () => {
    const optimizer = createOptimizer({ name: "custom", module, lr: 0.25, options: { factor: 2 } });
    const parameters = Float32Array.of(1, 1, 1);
    optimizer.step(parameters, Float32Array.of(3, -4, 0), optimizer.init(parameters));
    expect([...parameters]).toEqual([0.5, 1.5, 1]);
    expect(optimizer.name).toBe("signDescent");
  });

  it("comes from a named export, from CommonJS, or as an object", () => {
    const afterOneStep = (input: object) => {
      const optimizer = createOptimizer({ name: "custom", ...input });
      const parameters = Float64Array.of(4);
      optimizer.step(parameters, Float64Array.of(2), optimizer.init(1));
      return parameters[0];
    };
    expect(afterOneStep({ module, export: "plain" })).toBe(3.5);
    expect(afterOneStep({ module: fixture("common.cjs") })).toBe(2);
    expect(afterOneStep(object)).toBe(2);
  });

  it("gets what every optimizer has: refusal of NaN, reset, saving", () => {
    const optimizer = createOptimizer({ name: "custom", module });
    const state = optimizer.init(2);
    const parameters = Float64Array.of(1, 2);
    optimizer.step(parameters, Float64Array.of(1, 1), state);
    expect(() => optimizer.step(parameters, Float64Array.of(1, Number.NaN), state)).toThrow(
      "signDescent: the gradient of parameter 1 is NaN at step 2",
    );
    expect(restoreState(saveState(state), optimizer.init(2))).toEqual(state);
    optimizer.reset(state);
    expect(state).toEqual(optimizer.init(2));
  });

  it("is told of a change where it wants to know", () => {
    let told = 0;
    const optimizer = createOptimizer({ ...object, optimizer: { ...object.optimizer, change: () => told++ } });
    optimizer.change(optimizer.init(1));
    createOptimizer(object).change(createOptimizer(object).init(1));
    expect(told).toBe(1);
  });

  const inModule = { name: "custom", module, lr: 0.01 };
  it.each([
    ["a module", inModule],
    ["an object", object],
  ])("trains in every task, given as %s", async (_, optimizer) => {
    const game = await record(gameTask, { game: { name: "bilinear" }, optimizer, steps: 20 });
    expect(game.tables.metrics.xUpdateNorm[0]).toBeGreaterThan(0);
    expect((game.result.summary.predicted as { spectralRadius: unknown }).spectralRadius).toBeNull();
    const ring = await record(gameTask, { game: { name: "ring" }, optimizer, steps: 2, batch: 8 });
    expect(ring.tables.metrics.discriminatorUpdateNorm[1]).toBeGreaterThan(0);
    const rl = await record(rlTask, { optimizer, steps: 160 });
    expect(rl.tables.metrics.updateNorm[0]).toBeGreaterThan(0);
    const jump = await record(problemTask, {
      problem: { name: "scaleJump", scales: [1], at: [] },
      optimizer,
      steps: 5,
    });
    expect(jump.result.outcome.kind).toBe("completed");
  });

  it("enters a run's identity by its text", () => {
    const folder = mkdtempSync(join(tmpdir(), "ringdown-"));
    try {
      const file = join(folder, "mine.mjs");
      const resolved = (text: string, change = {}) => {
        writeFileSync(file, text);
        const options = check(optimizerSchema, { name: "custom", module: "mine.mjs", ...change }, "test");
        return withOptimizerModules({ optimizer: options, optimizers: { x: options } }, folder);
      };
      const hashOf = ({ optimizer }: { optimizer: object }) => (optimizer as { sha256: string }).sha256;
      const [one, two] = [resolved("export default 1;"), resolved("export default 2;")];
      expect(hashOf(one)).toMatch(/^[0-9a-f]{64}$/);
      expect(hashOf(two)).not.toBe(hashOf(one));
      expect(one.optimizers.x).toEqual(one.optimizer);
      expect(resolved("export default 2;", { sha256: hashOf(two) })).toEqual(two);
      expect(() => resolved("export default 2;", { sha256: hashOf(one) })).toThrow(
        /^optimizer\.sha256: mine\.mjs has changed: expected/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is found beside the study file, and is refused by every task where it is not there", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ringdown-"));
    const optimizer = { name: "custom", module: "mine.mjs" };
    const inputs = [
      [problemTask, { problem: { name: "scaleJump", scales: [1], at: [] }, optimizer, steps: 5 }],
      [gameTask, { game: { name: "bilinear" }, optimizer, steps: 5 }],
      [rlTask, { optimizer, steps: 160 }],
    ] as readonly (readonly [Task, object])[];
    try {
      for (const [task, input] of inputs) {
        const config = check(task.schema, input, "test");
        expect(() => task.resolve?.(config, folder)).toThrow(
          `optimizer.module: mine.mjs: there is no such file in ${folder}`,
        );
      }
      writeFileSync(join(folder, "mine.mjs"), readFileSync(module));
      for (const [task, input] of inputs) {
        const resolved = task.resolve?.(check(task.schema, input, "test"), folder) as { optimizer: { sha256: string } };
        expect(resolved.optimizer.sha256).toMatch(/^[0-9a-f]{64}$/);
        const { outcome } = await executeRun(task, { config: resolved, seed: 1, engine: "wasm", base: folder });
        expect(outcome.kind).toBe("completed");
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    [{}, "optimizer: expected either module or optimizer"],
    [{ module, optimizer: halving }, "optimizer: expected either module or optimizer"],
    [{ module: "nowhere.mjs" }, `optimizer.module: nowhere.mjs: there is no such file in ${process.cwd()}`],
    [{ module, schedule: () => 1 }, 'unknown key "schedule"; it belongs to '],
    [{ module, export: "defualt" }, 'exports no "defualt"; did you mean "default"?'],
    [{ module, export: "number" }, "to make an object with the functions init and update"],
    [{ optimizer: { init: 3 } }, "optimizer: optimizer: expected an object with the functions init and update"],
    [{ module, rho: 0.9 }, 'unknown key "rho"; it belongs to adadelta, rmsprop; custom takes module, export, options'],
    [{ module: "package.json" }, "to make an object"],
    [{ module: "README.md" }, "optimizer.module: README.md cannot be loaded"],
  ])("is refused when it is %j", (change, message) => {
    expect(() => createOptimizer({ name: "custom", ...change } as never)).toThrow(message);
  });

  it("is refused at the step whose update has the wrong length", () => {
    const optimizer = createOptimizer({ name: "custom", module, export: "short" });
    expect(() => optimizer.step(new Float64Array(2), new Float64Array(2), optimizer.init(2))).toThrow(
      "custom: expected update to return 2 numbers, found 1",
    );
  });
});
