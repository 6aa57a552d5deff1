import { describe, expect, it } from "vitest";
import { findTask, loadTasks } from "../../src/study/registry.js";
import { toyRegistry } from "./built.js";
import { decay, tasks } from "./fixtures/tasks.mjs";

describe("a registry", () => {
  it("finds a task by its name", () => {
    expect(findTask(tasks, "decay", "run 1: task")).toBe(decay);
  });

  it("says where an unknown name was found, and which name is the nearest", () => {
    expect(() => findTask(tasks, "deacy", "run 1: task")).toThrow(
      'run 1: task: unknown name "deacy"; did you mean "decay"? valid: decay',
    );
  });

  it("is a module that exports a list of tasks", async () => {
    expect((await loadTasks(toyRegistry)).map(({ name }) => name)).toEqual(["decay", "hill"]);
    const other = new URL("./temporary-folder.js", import.meta.url).href;
    await expect(loadTasks(other)).rejects.toThrow(`${other}: expected a module that exports a list "tasks", found`);
  });
});
