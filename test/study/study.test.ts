import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { executeRun } from "../../src/study/execute.js";
import type { Executor } from "../../src/study/executor.js";
import { studyFolder } from "../../src/study/folder-store.js";
import { planStudy } from "../../src/study/grid.js";
import { silentProgress } from "../../src/study/progress.js";
import type { StudyRecord } from "../../src/study/records.js";
import type { FinishedRun } from "../../src/study/run.js";
import { studySchema } from "../../src/study/schema.js";
import type { StudyStore } from "../../src/study/store.js";
import { runStudy } from "../../src/study/study.js";
import type * as ThreadsModule from "../../src/study/thread-executor.js";
import { builtCli, builtStudy, toyRegistry } from "./built.js";
import { contents } from "./contents.js";
import { decay, tasks } from "./fixtures/tasks.mjs";
import { temporaryFolders } from "./temporary-folder.js";

const folder = temporaryFolders();

/** The compiled executor: its worker threads need JavaScript. */
let threads: typeof ThreadsModule;
beforeAll(async () => {
  expect(existsSync(builtCli), `${builtCli} is missing: npm run build`).toBe(true);
  threads = await import(/* @vite-ignore */ builtStudy("thread-executor.js"));
});

type Options = Partial<Parameters<typeof runStudy>[1] & ThreadsModule.ThreadOptions>;

function toyStudy(experiments: Record<string, unknown>) {
  const study = studySchema.parse({ name: "toy", experiments });
  return planStudy({ study, source: "toy.yaml" }, tasks, "wasm");
}

function run(experiments: Record<string, unknown>, out: string, options: Options = {}) {
  const store = studyFolder(join(out, "toy"));
  const { jobs = 2, timeLimit, heapLimit, progress = silentProgress, signal, onDamaged } = options;
  const executor = threads.threadExecutor({ registry: toyRegistry, store: store.runs, jobs, timeLimit, heapLimit });
  return runStudy(toyStudy(experiments), { store, executor, progress, signal, onDamaged });
}

const grid = { first: { task: "decay", grid: { rate: [0.1, 0.5, 0.9, -9], steps: [10, 2000] }, seeds: [1, 2, 3] } };

describe("a study", () => {
  it("gives the same bytes in every file whatever the number of workers", async () => {
    const [one, two, five] = [folder(), folder(), folder()];
    await run(grid, one, { jobs: 1 });
    await run(grid, two, { jobs: 2 });
    await run(grid, five, { jobs: 5 });
    const files = contents(one);
    expect(Object.keys(files)).toHaveLength(24 * 3 + 1);
    expect(contents(two)).toEqual(files);
    expect(contents(five)).toEqual(files);
  });

  it("does not run again what is finished, and does again what was damaged", async () => {
    const out = folder();
    const first = await run(grid, out);
    expect(first).toMatchObject({ total: 24, reused: 0, interrupted: false });
    const runs = join(out, "toy/runs");
    const [kept, broken] = readdirSync(runs);
    const before = statSync(join(runs, kept, "run.json"));
    rmSync(join(runs, broken, "metrics.parquet"));
    const onDamaged = vi.fn();
    const second = await run(grid, out, { onDamaged });
    expect(second.reused).toBe(23);
    const place = join(runs, ".damaged", broken);
    const reason = `${join(runs, broken, "metrics.parquet")}: there is no such file`;
    expect(onDamaged.mock.calls).toEqual([[expect.objectContaining({ id: broken }), reason, place]]);
    expect(readdirSync(place)).toEqual(["empty.parquet", "run.json"]);
    const after = statSync(join(runs, kept, "run.json"));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
    expect(existsSync(join(runs, broken, "metrics.parquet"))).toBe(true);
  });

  it("runs once what two experiments share", async () => {
    const out = folder();
    const shared = { task: "decay", config: { rate: 0.1 }, seeds: [1] };
    const { total } = await run({ first: shared, second: { ...shared, seeds: [1, 2] } }, out);
    expect(total).toBe(2);
    const { experiments } = JSON.parse(readFileSync(join(out, "toy/study.json"), "utf8"));
    expect(experiments.second.runs[0].id).toBe(experiments.first.runs[0].id);
  });

  it.each([
    ["throw", "told to fail with seed 1"],
    ["reject", "told to reject"],
    ["exit", "its worker thread ended without a word"],
  ])(
    "reports a run that fails by %s, goes on with the others and leaves nothing half-written",
    async (fail, message) => {
      const out = folder();
      const experiments = { first: { task: "decay", grid: { fail: ["never", fail], rate: [0.1, 0.2] }, seeds: [1] } };
      const { failures } = await run(experiments, out);
      const study = join(out, "toy");
      const failed = [...failures].map(([{ condition }, error]) => [condition.fail, condition.rate, error.message]);
      expect(failed).toEqual([
        [fail, "0.1", expect.stringContaining(message)],
        [fail, "0.2", expect.stringContaining(message)],
      ]);
      expect(readdirSync(study)).toEqual(["plan.json", "runs"]);
      expect(readdirSync(join(study, "runs"))).toHaveLength(2);
    },
  );

  it("ends a run that takes longer than its time limit, however long it had to wait for a thread", async () => {
    const experiments = { first: { task: "decay", grid: { busy: [300, 600_000, 301, 302] }, seeds: [1] } };
    const { failures } = await run(experiments, folder(), { jobs: 1, timeLimit: 1 });
    const failed = [...failures].map(([{ condition }, error]) => [condition.busy, error.message]);
    expect(failed).toEqual([["600000", "it took longer than the time limit of 1 s"]]);
  });

  it("ends a run that eats more memory than its limit, and no other", async () => {
    const experiments = { first: { task: "decay", grid: { fail: ["never", "memory"] }, seeds: [1] } };
    const { failures } = await run(experiments, folder(), { heapLimit: 64 });
    const failed = [...failures].map(([{ condition }, error]) => [condition.fail, error.message]);
    expect(failed).toEqual([["memory", expect.stringContaining("memory")]]);
  });

  it("takes divergence for an outcome, not for a failure", async () => {
    const { failures } = await run({ first: { task: "decay", config: { rate: -9 } } }, folder());
    expect(failures.size).toBe(0);
  });

  it("keeps the earlier study.json when a later run of the study fails", async () => {
    const out = folder();
    await run({ first: { task: "decay" } }, out);
    const before = readFileSync(join(out, "toy/study.json"), "utf8");
    await run({ first: { task: "decay", config: { fail: "throw" } } }, out);
    expect(readFileSync(join(out, "toy/study.json"), "utf8")).toBe(before);
  });

  it("stops in the middle of busy runs when it is told to, and resumes", async () => {
    const out = folder();
    const experiments = { first: { task: "decay", grid: { busy: [1, 600_000], rate: [0.1, 0.2] }, seeds: [1] } };
    const interruption = new AbortController();
    let runs = 0;
    const progress = {
      ...silentProgress,
      ended: () => {
        if (++runs === 2) interruption.abort();
      },
    };
    const stopped = await run(experiments, out, { progress, signal: interruption.signal });
    expect(stopped).toMatchObject({ interrupted: true, reused: 0 });
    expect(stopped.failures.size).toBe(0);
    expect(readdirSync(join(out, "toy/runs"))).toHaveLength(2);
    expect(existsSync(join(out, "toy/study.json"))).toBe(false);
    const quick = { first: { task: "decay", grid: { busy: [1], rate: [0.1, 0.2] }, seeds: [1] } };
    expect(await run(quick, out)).toMatchObject({ total: 2, reused: 2 });
  });

  it("runs wherever its executor and its store are", async () => {
    const kept = new Map<string, FinishedRun>();
    let record: StudyRecord | undefined;
    const inMemory: StudyStore = {
      runs: {
        ...studyFolder("nowhere").runs,
        prepare: async () => {},
        inspect: async (id) => ({ kind: kept.has(id) ? "whole" : "missing" }),
        put: async (...runs) => {
          for (const { run, finished } of runs) kept.set(run.id, finished);
        },
        sweep: async () => {},
      },
      prepare: async () => {},
      putPlan: async () => {},
      put: async (written) => {
        record = written;
      },
      planOrRecord: async () => record,
      get: async () => Promise.reject(new Error("nobody reads")),
    };
    const inThisThread: Executor = {
      async run(runs, hooks) {
        for (const run of runs) {
          const finished = await executeRun(decay, run, (done) => hooks?.onProgress?.(run, done));
          await inMemory.runs.put({ run, finished });
          hooks?.onFinished?.(run, undefined);
        }
        return new Map();
      },
    };
    const here = folder();
    const options = { store: inMemory, executor: inThisThread, progress: silentProgress };
    expect(await runStudy(toyStudy(grid), options)).toMatchObject({ total: 24, reused: 0 });
    expect(await runStudy(toyStudy(grid), options)).toMatchObject({ total: 24, reused: 24 });
    await run(grid, here);
    const { get, runs } = studyFolder(join(here, "toy"));
    expect(record).toEqual(await get());
    for (const id of await runs.list()) {
      expect(kept.get(id)?.parametersSha256).toBe((await runs.get(id)).parametersSha256);
    }
  });

  it("finds before it runs that nothing can be written", async () => {
    const taken = join(folder(), "file");
    writeFileSync(taken, "");
    const busy = { first: { task: "decay", config: { busy: 600_000 } } };
    await expect(run(busy, taken)).rejects.toThrow(`${join(taken, "toy")}: cannot write there: a file is where`);
  });
});
