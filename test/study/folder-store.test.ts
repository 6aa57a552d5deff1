import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { executeRun } from "../../src/study/execute.js";
import { studyFolder } from "../../src/study/folder-store.js";
import { readStudy, tableOf } from "../../src/study/read.js";
import { studyRecord } from "../../src/study/records.js";
import { studySchema } from "../../src/study/schema.js";
import { decay, tables, tasks } from "./fixtures/tasks.mjs";
import { planWithoutTuning } from "./plan-without-tuning.js";
import { temporaryFolders } from "./temporary-folder.js";

const folder = temporaryFolders();

describe("a stored study", () => {
  async function stored() {
    const directory = folder();
    const study = studySchema.parse({
      name: "toy",
      title: "Does it decay?",
      experiments: {
        first: { task: "decay", grid: { rate: [0.5, -9] }, seeds: [1, 2] },
        second: { task: "decay", config: { rate: 0.5 }, seeds: [2] },
      },
    });
    const planned = planWithoutTuning({ study, source: "toy.yaml" }, tasks, "wasm");
    const store = studyFolder(directory);
    await store.prepare();
    for (const run of planned.experiments.flatMap(({ runs }) => runs)) {
      await store.runs.put(run, await executeRun(decay, run));
    }
    await store.put(studyRecord(planned));
    return { directory, store, planned };
  }

  it("is read with its conditions, rows, outcomes and summaries", async () => {
    const { directory } = await stored();
    const { name, title, experiments } = await readStudy(directory);
    expect([name, title]).toEqual(["toy", "Does it decay?"]);
    const { first, second } = experiments;
    expect(first.axes).toEqual({ rate: ["0.5", "-9"] });
    expect(first.runs.map(({ condition, seed }) => [condition.rate, seed])).toEqual([
      ["0.5", 1],
      ["0.5", 2],
      ["-9", 1],
      ["-9", 2],
    ]);
    const run = first.runs[1];
    expect(run.config).toMatchObject({ rate: 0.5, steps: 20, nested: { depth: 1 } });
    expect(run.outcome).toEqual({ kind: "completed" });
    const { step, x } = await run.table("metrics");
    expect(step).toEqual(Int32Array.from({ length: 20 }, (_, row) => row + 1));
    expect(x[2]).toBe(0.25);
    expect(run.summary).toEqual({ last: x[19], undefinedValue: null });
    expect((await run.table("empty")).value).toEqual(new Float64Array(0));
    expect(first.runs[2].outcome).toEqual({ kind: "diverged", step: 7, reason: "x is beyond 1e6" });
    expect(second.runs[0].id).toBe(run.id);
  });

  it("has tables typed by their declaration, checked when read", async () => {
    const { directory } = await stored();
    const [run] = (await readStudy(directory)).experiments.first.runs;
    const { step, x } = await tableOf(run, tables.metrics);
    expect([step.length, x[2]]).toEqual([20, 0.125]);
    const renamed = { ...tables.metrics, columns: { steps: tables.metrics.columns.step } };
    await expect(tableOf(run, renamed)).rejects.toThrow(
      `run ${run.id}: metrics: no column "steps"; did you mean "step"? valid: step, x, single`,
    );
    await expect(tableOf(run, tables.metrics, "forceMag")).rejects.toThrow('no column "forceMag"');
  });

  it("keeps who asked for a run out of the run", async () => {
    const { directory, planned } = await stored();
    const text = readFileSync(join(directory, "runs", planned.experiments[0].runs[0].id, "run.json"), "utf8");
    expect(text).not.toContain("first");
    expect(Object.keys(JSON.parse(text))).not.toContain("experiment");
    expect(readdirSync(join(directory, "runs"))).toHaveLength(4);
  });

  it("lists its runs, and forgets one that is removed", async () => {
    const { store, planned } = await stored();
    const ids = planned.experiments[0].runs.map(({ id }) => id).sort();
    expect(await store.runs.list()).toEqual(ids);
    await store.runs.remove(ids[0]);
    expect(await store.runs.list()).toEqual(ids.slice(1));
    expect(await store.runs.has(ids[0])).toBe(false);
  });

  it("says what is missing or damaged, and what to do", async () => {
    const { directory, store, planned } = await stored();
    const [run, other] = (await readStudy(directory)).experiments.first.runs;
    await expect(run.table("metric")).rejects.toThrow(
      'unknown table "metric"; did you mean "metrics"? valid: metrics, empty',
    );
    const metrics = join(directory, "runs", run.id, "metrics.parquet");
    truncateSync(metrics, 200);
    await expect(run.table("metrics")).rejects.toThrow(`${metrics}: damaged (`);
    await expect(run.table("metrics")).rejects.toThrow("delete its folder and run the study again");
    rmSync(metrics);
    await expect(run.table("metrics")).rejects.toThrow("there is no such file; run the study again");
    expect(await store.runs.has(run.id)).toBe(false);
    expect(await store.runs.has(other.id)).toBe(true);
    writeFileSync(join(directory, "runs", other.id, "run.json"), '{"id": "cut');
    await expect(readStudy(directory)).rejects.toThrow("run.json: damaged (not JSON); run the study again");
    rmSync(join(directory, "runs", planned.experiments[0].runs[1].id), { recursive: true });
    await expect(readStudy(join(directory, "runs"))).rejects.toThrow("runs the results folder of a finished study?");
  });
});
