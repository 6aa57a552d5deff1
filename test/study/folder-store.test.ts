import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
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

/** Changes the text of a run's record. */
const edit = (from: RegExp, to: string) => (run: string) => {
  const file = join(run, "run.json");
  const text = readFileSync(file, "utf8");
  expect(text).toMatch(from);
  writeFileSync(file, text.replace(from, to));
};

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
      await store.runs.put({ run, finished: await executeRun(decay, run) });
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

  it("lists its runs, and keeps what is left of one that is set aside", async () => {
    const { directory, store, planned } = await stored();
    const ids = planned.experiments[0].runs.map(({ id }) => id).sort();
    expect(await store.runs.list()).toEqual(ids);
    const place = join(directory, "runs/.damaged", ids[0]);
    expect(await store.runs.setAside(ids[0])).toBe(place);
    expect(await store.runs.list()).toEqual(ids.slice(1));
    expect(await store.runs.inspect(ids[0])).toEqual({ kind: "missing" });
    cpSync(join(directory, "runs", ids[1]), join(directory, "runs", ids[0]), { recursive: true });
    expect(await store.runs.setAside(ids[0])).toBe(`${place}-2`);
    expect(readdirSync(place)).toContain("run.json");
  });

  it.each<[string, (run: string, other: string) => void, string]>([
    ["a changed digit of its summary", edit(/"last": 0\.0000019/, '"last": 0.0000018'), "another SHA-256"],
    ["another seed", edit(/"seed": 2/, '"seed": 3'), "another SHA-256"],
    ["another rate in its configuration", edit(/"rate": 0\.5/, '"rate": 0.6'), "another SHA-256"],
    ["another version", edit(/"ringdown": "/, '"ringdown": "9'), "another SHA-256"],
    ["another outcome", edit(/"completed"/, '"diverged", "step": 3, "reason": "x"'), "another SHA-256"],
    ["a record without its SHA-256", edit(/,\n {2}"sha256": "[^"]+"\n}/, "\n}"), "run.json: sha256: missing"],
    ["a record that is cut off", (run) => truncateSync(join(run, "run.json"), 100), "run.json: not JSON"],
    [
      "the record of another run",
      (run, other) => copyFileSync(join(other, "run.json"), join(run, "run.json")),
      "it is the record of the run",
    ],
    ["no record", (run) => rmSync(join(run, "run.json")), "run.json: there is no such file"],
    ["no table", (run) => rmSync(join(run, "metrics.parquet")), "metrics.parquet: there is no such file"],
    ["a table cut off", (run) => truncateSync(join(run, "metrics.parquet"), 200), "its SHA-256 is not the one"],
    [
      "the table of another run",
      (run, other) => copyFileSync(join(other, "metrics.parquet"), join(run, "metrics.parquet")),
      "its SHA-256 is not the one in run.json",
    ],
  ])("notices %s", async (_, damage, reason) => {
    const { directory, store, planned } = await stored();
    const [other, run] = planned.experiments[0].runs.map(({ id }) => id);
    expect(await store.runs.inspect(run)).toEqual({ kind: "whole" });
    damage(join(directory, "runs", run), join(directory, "runs", other));
    expect(await store.runs.inspect(run)).toEqual({ kind: "damaged", reason: expect.stringContaining(reason) });
    expect(await store.runs.inspect(other)).toEqual({ kind: "whole" });
  });

  it("notices a record whose id is not that of its content, SHA-256 or not", async () => {
    const { directory, store, planned } = await stored();
    const [run] = planned.experiments[0].runs;
    const forged = { ...run, seed: 7 };
    await store.runs.setAside(run.id);
    await store.runs.put({ run: forged, finished: await executeRun(decay, forged) });
    await expect(store.runs.get(run.id)).rejects.toThrow(
      `${join(directory, "runs", run.id, "run.json")}: damaged (its id is not that of its content); run the study again`,
    );
  });

  it.each([
    ["../../evil", "experiments.../../evil: expected a name of letters"],
    ["a".repeat(255), "expected a name of at most 64 characters"],
    ["nul", "expected a name that Windows does not keep for a device"],
  ])("refuses an experiment that is named %j in its record", async (name, message) => {
    const { directory } = await stored();
    const file = join(directory, "study.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"second"', JSON.stringify(name)));
    await expect(readStudy(directory)).rejects.toThrow(message);
  });

  it("notices a change of the study's record", async () => {
    const { directory } = await stored();
    const file = join(directory, "study.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"0.5"', '"0.4"'));
    await expect(readStudy(directory)).rejects.toThrow(`${file}: damaged (its content has another`);
  });

  it("says what is missing or damaged, and what to do", async () => {
    const { directory, planned } = await stored();
    const [run, other] = (await readStudy(directory)).experiments.first.runs;
    await expect(run.table("metric")).rejects.toThrow(
      'unknown table "metric"; did you mean "metrics"? valid: metrics, empty',
    );
    const metrics = join(directory, "runs", run.id, "metrics.parquet");
    truncateSync(metrics, 200);
    await expect(run.table("metrics")).rejects.toThrow(`${metrics}: damaged (`);
    rmSync(metrics);
    await expect(run.table("metrics")).rejects.toThrow("there is no such file; run the study again");
    writeFileSync(join(directory, "runs", other.id, "run.json"), '{"id": "cut');
    await expect(readStudy(directory)).rejects.toThrow("run.json: damaged (not JSON); run the study again");
    rmSync(join(directory, "runs", planned.experiments[0].runs[1].id), { recursive: true });
    await expect(readStudy(join(directory, "runs"))).rejects.toThrow("runs the results folder of a finished study?");
  });
});
