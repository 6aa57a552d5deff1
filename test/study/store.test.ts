import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ColumnTable } from "../../src/study/column-table.js";
import { ensureWritable, removeTemporaries, writeFolderWhole, writeWhole } from "../../src/study/files.js";
import { planStudy } from "../../src/study/grid.js";
import { fromParquet, toParquet } from "../../src/study/parquet.js";
import { readStudy, tableOf } from "../../src/study/read.js";
import { executeRun } from "../../src/study/run.js";
import { studySchema } from "../../src/study/schema.js";
import { hasRun, writeRun, writeStudy } from "../../src/study/store.js";
import { column, columnsNamed, declareTables } from "../../src/study/tables.js";
import type { RunContext, Task } from "../../src/study/task.js";
import { tables, tasks } from "./fixtures/tasks.mjs";
import { temporaryFolders } from "./temporary-folder.js";

const folder = temporaryFolders();

const awkward = [Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, 1.7976931348623157e308, 0.1, -1, 1 / 3];

describe("a table", () => {
  it("keeps every row while it grows", () => {
    const table = new ColumnTable("metrics", { step: "int32", value: "float64", single: "float32" });
    for (let step = 0; step < 5000; step++) table.append(step, step / 3, step / 3);
    const { step, value, single } = table.columns();
    expect(table.rows).toBe(5000);
    expect(step).toBeInstanceOf(Int32Array);
    expect([step[4999], value[4999], single[4999]]).toEqual([4999, 4999 / 3, Math.fround(4999 / 3)]);
    expect(value.every((x, row) => x === row / 3)).toBe(true);
  });

  it("refuses a row of another length, and what is no int32 where one belongs", () => {
    const table = new ColumnTable("metrics", { step: "int32", value: "float64" });
    expect(() => table.append(1)).toThrow("table metrics: expected 2 values a row, found 1");
    for (const wrong of [0.5, Number.NaN, 2 ** 31]) {
      expect(() => table.append(wrong, 1)).toThrow(`expected an int32 in the column step, found ${wrong}`);
    }
    expect(table.rows).toBe(0);
  });

  it("takes a row by the names of its columns, in any order", () => {
    const table = new ColumnTable("metrics", { step: "int32", value: "float64" });
    for (let step = 0; step < 3000; step++) table.appendRow({ value: step / 3, step });
    const { step, value } = table.columns();
    expect([table.rows, step[2999], value[2999]]).toEqual([3000, 2999, 2999 / 3]);
    expect(() => table.appendRow({ step: 1 } as never)).toThrow("table metrics: a row without the column value");
    expect(() => table.appendRow({ step: 0.5, value: 1 })).toThrow("expected an int32 in the column step, found 0.5");
    expect(table.rows).toBe(3000);
  });
});

describe("a Parquet file", () => {
  function sample(rows: number): ColumnTable {
    const table = new ColumnTable("metrics", { step: "int32", value: "float64", single: "float32", flat: "float64" });
    for (let row = 0; row < rows; row++) {
      const value = awkward[row % awkward.length];
      table.append(
        row === 0 ? -(2 ** 31) : row === 1 ? 2 ** 31 - 1 : row,
        value,
        value,
        row % 2 === 0 ? -0 : Number.NaN,
      );
    }
    return table;
  }

  it.each([0, 1, 10, 1000, 250_000])(
    "of %i rows gives back every bit, NaN, infinities and −0 included",
    async (rows) => {
      const table = sample(rows);
      const read = await fromParquet(toParquet(table));
      const written = table.columns();
      expect(Object.keys(read)).toEqual(["step", "value", "single", "flat"]);
      for (const [name, column] of Object.entries(written)) {
        expect(read[name].constructor).toBe(column.constructor);
        expect(read[name].length).toBe(rows);
        expect(read[name].every((value, row) => Object.is(value, column[row]))).toBe(true);
      }
    },
  );

  it("has the same bytes for the same table", () => {
    expect(Buffer.compare(toParquet(sample(3000)), toParquet(sample(3000)))).toBe(0);
  });

  it("that is damaged is an error", async () => {
    await expect(fromParquet(new Uint8Array([1, 2, 3]))).rejects.toThrow();
    await expect(fromParquet(toParquet(sample(1000)).slice(0, 900))).rejects.toThrow();
  });
});

describe("writing", () => {
  it("leaves nothing behind when it fails", async () => {
    const here = folder();
    await expect(writeFolderWhole(join(here, "run"), { "a.json": "{}", "no/such/folder": "" })).rejects.toThrow(
      "ENOENT",
    );
    mkdirSync(join(here, "taken.json"));
    await expect(writeWhole(join(here, "taken.json"), "{}")).rejects.toThrow("taken.json");
    expect(readdirSync(here)).toEqual(["taken.json"]);
  });

  it("keeps a folder that another process finished first", async () => {
    const here = folder();
    await writeFolderWhole(join(here, "run"), { "a.json": "first" });
    await writeFolderWhole(join(here, "run"), { "a.json": "second" });
    expect(readFileSync(join(here, "run/a.json"), "utf8")).toBe("first");
    expect(readdirSync(here)).toEqual(["run"]);
  });

  it("sweeps away what a dead process left, and nothing else", async () => {
    const here = folder();
    const dead = ".run.writing-4194304999-0a1b2c3d";
    const alive = `.run.writing-${process.ppid}-0a1b2c3d`;
    const own = `.run.writing-${process.pid}-0a1b2c3d`;
    for (const name of [dead, alive, own, "run", ".hidden"]) mkdirSync(join(here, name));
    await removeTemporaries(here);
    expect(readdirSync(here).sort()).toEqual([".hidden", alive, "run"].sort());
  });

  it("finds out before that a folder cannot be written", async () => {
    const here = folder();
    writeFileSync(join(here, "file"), "");
    await expect(ensureWritable(join(here, "file"), "--out")).rejects.toThrow(
      `--out ${join(here, "file")}: cannot write there: a file is where the folder should be`,
    );
    await expect(ensureWritable(join(here, "file/below"), "--out")).rejects.toThrow("a file is where");
    await ensureWritable(join(here, "new/folder"), "--out");
    expect(readdirSync(join(here, "new/folder"))).toEqual([]);
  });
});

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
    const planned = planStudy({ study, source: "toy.yaml" }, tasks, "wasm");
    for (const run of planned.experiments.flatMap(({ runs }) => runs)) {
      await writeRun(join(directory, "runs"), run, await executeRun(tasks[run.task], run));
    }
    await writeStudy(directory, planned);
    return { directory, planned };
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

  it("says what is missing or damaged, and what to do", async () => {
    const { directory, planned } = await stored();
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
    expect(await hasRun(join(directory, "runs"), run.id)).toBe(false);
    expect(await hasRun(join(directory, "runs"), other.id)).toBe(true);
    writeFileSync(join(directory, "runs", other.id, "run.json"), '{"id": "cut');
    await expect(readStudy(directory)).rejects.toThrow("run.json: damaged (not JSON); run the study again");
    rmSync(join(directory, "runs", planned.experiments[0].runs[1].id), { recursive: true });
    await expect(readStudy(join(directory, "runs"))).rejects.toThrow("runs the results folder of a finished study?");
  });
});

describe("a run", () => {
  it("reports its progress, at most a thousand times", async () => {
    const shares: number[] = [];
    await executeRun(
      tasks.decay,
      { config: tasks.decay.schema.parse({ steps: 10_000 }), seed: 1, engine: "wasm" },
      (share) => shares.push(share),
    );
    expect(shares.length).toBeGreaterThan(500);
    expect(shares.length).toBeLessThanOrEqual(1000);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  const { metrics } = tables;
  const extra = column("float64", "told nobody");
  it.each<[string, (context: RunContext) => unknown, string]>([
    ["a table twice", ({ table }) => [table(metrics), table(metrics)], "the table metrics is opened twice"],
    ["an undeclared table", ({ table }) => table({ ...metrics, name: "other" }), "the table other is not declared"],
    ["a table without a column", ({ table }) => table(metrics, {}), "the table metrics lacks its column step"],
    [
      "a table with an undeclared column",
      ({ table }) => table(metrics, { ...metrics.columns, extra }),
      "the table metrics declares no column extra",
    ],
  ])("may not open %s", async (_, open, message) => {
    const task = { ...tasks.decay, run: (_: unknown, context: RunContext) => open(context) as never };
    await expect(executeRun(task, { config: {}, seed: 1, engine: "wasm" })).rejects.toThrow(message);
  });

  it("may open a table with further columns that its task declares", async () => {
    const open = declareTables({ metrics: { ...metrics, further: { "<name>": extra } } });
    const task: Task = {
      ...tasks.decay,
      tables: open,
      run(_, { table }) {
        const columns = { ...open.metrics.columns, ...columnsNamed(["a", "b"], extra) };
        table(open.metrics, columns).append(1, 2, 3, 4, 5);
        return { outcome: { kind: "completed" }, summary: {}, parameters: [] };
      },
    };
    const { tables } = await executeRun(task, { config: {}, seed: 1, engine: "wasm" });
    expect(tables[0].columns()).toMatchObject({ a: Float64Array.of(4), b: Float64Array.of(5) });
  });

  it("may not sum itself up in fields that its task does not declare", async () => {
    const outcome = { kind: "completed" } as const;
    const run = () => ({ outcome, summary: { last: 1, measured: { radius: 2 } }, parameters: [] });
    const task: Task = { ...tasks.decay, run };
    await expect(executeRun(task, { config: {}, seed: 1, engine: "wasm" })).rejects.toThrow(
      "task decay: the summary declares no field measured.radius",
    );
  });
});
