import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { executeRun } from "../../src/study/execute.js";
import type { Executor } from "../../src/study/executor.js";
import { runFolder } from "../../src/study/folder-store.js";
import { runId } from "../../src/study/identity.js";
import type { RunSpec } from "../../src/study/run.js";
import type { RunStore } from "../../src/study/store.js";
import { draw, inspectAll, repeatable, rerun } from "../../src/study/verify.js";
import { decay } from "./fixtures/tasks.mjs";
import { temporaryFolders } from "./temporary-folder.js";

const folder = temporaryFolders();

const engine = "wasm";
const config = decay.schema.parse({});
const specs = [1, 2, 3].map((seed): RunSpec => {
  const run = { task: "decay", config, seed, engine };
  return { id: runId(run), ...run };
});
const ids = specs.map(({ id }) => id);

/** Carries out runs in this thread; `change` makes another run of one. */
const executor = (store: RunStore, change = (run: RunSpec) => run): Executor => ({
  async run(runs) {
    const failures = new Map<(typeof runs)[number], Error>();
    for (const run of runs) {
      const { config, ...rest } = change(run);
      await executeRun(decay, { ...rest, config: config as typeof decay.schema._zod.output }).then(
        (finished) => store.put({ run, finished }),
        (error) => failures.set(run, error),
      );
    }
    return failures;
  },
});

async function stored(): Promise<{ store: RunStore; directory: string }> {
  const directory = folder();
  const store = runFolder(directory);
  await executor(store).run(specs);
  return { store, directory };
}

describe("verifying stored runs", () => {
  it("inspects every one", async () => {
    const { store, directory } = await stored();
    const record = join(directory, ids[1], "run.json");
    writeFileSync(record, readFileSync(record, "utf8").replace('"steps": 20', '"steps": 21'));
    const states = await inspectAll(store, [...ids, "0123456789abcdef"]);
    expect([...states.values()].map(({ kind }) => kind).sort()).toEqual(["damaged", "missing", "whole", "whole"]);
    expect(states.get(ids[1])?.kind).toBe("damaged");
  });

  it("carries runs out again and finds the same bytes", async () => {
    const { store } = await stored();
    const again = runFolder(folder());
    const { same, different } = await rerun(store, ids, { executor: executor(again), store: again });
    expect([same, different.size]).toEqual([ids, 0]);
  });

  it("names the run that gives something else, the parts that differ, and the run that fails", async () => {
    const { store } = await stored();
    const again = runFolder(folder());
    const change = (run: RunSpec) => {
      if (run.seed === 2) return { ...run, seed: 5 };
      return run.seed === 3 ? { ...run, config: { ...config, fail: "throw" } } : run;
    };
    const { same, different } = await rerun(store, ids, { executor: executor(again, change), store: again });
    expect(same).toEqual([ids[0]]);
    expect([...different]).toEqual([
      [ids[1], "summary, parametersSha256, tables"],
      [ids[2], "told to fail with seed 3"],
    ]);
  });

  it("takes only runs of this version for repeatable", async () => {
    const { store } = await stored();
    const old: RunStore = {
      ...store,
      async record(id) {
        const record = await store.record(id);
        return id === ids[0] ? { ...record, versions: { ...record.versions, ringdown: "0.0.1" } } : record;
      },
    };
    expect(await repeatable(old, ids)).toEqual(ids.slice(1));
  });
});

describe("a draw", () => {
  it("takes each at most once, all where there are no more, and others for another seed", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index);
    const drawn = draw(hundred, 10, 1);
    expect(new Set(drawn).size).toBe(10);
    expect(draw(hundred, 10, 1)).toEqual(drawn);
    expect(draw(hundred, 10, 2)).not.toEqual(drawn);
    expect(draw(hundred, 1000, 1).toSorted((a, b) => a - b)).toEqual(hundred);
  });
});
