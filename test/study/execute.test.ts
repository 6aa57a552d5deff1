import { describe, expect, it } from "vitest";
import { executeRun } from "../../src/study/execute.js";
import { column, columnsNamed, declareTables } from "../../src/study/tables.js";
import type { RunContext, Task } from "../../src/study/task.js";
import { decay, tables } from "./fixtures/tasks.mjs";

describe("a run", () => {
  it("reports its progress, at most a thousand times", async () => {
    const shares: number[] = [];
    await executeRun(decay, { config: decay.schema.parse({ steps: 10_000 }), seed: 1, engine: "wasm" }, (share) =>
      shares.push(share),
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
    const task = { ...decay, run: (_: unknown, context: RunContext) => open(context) as never };
    await expect(executeRun(task, { config: {}, seed: 1, engine: "wasm" })).rejects.toThrow(message);
  });

  it("may open a table with further columns that its task declares", async () => {
    const open = declareTables({ metrics: { ...metrics, further: { "<name>": extra } } });
    const task: Task = {
      ...decay,
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
    const task: Task = { ...decay, run };
    await expect(executeRun(task, { config: {}, seed: 1, engine: "wasm" })).rejects.toThrow(
      "task decay: the summary declares no field measured.radius",
    );
  });
});
