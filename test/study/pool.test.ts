import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { planStudy } from "../../src/study/grid.js";
import { silentProgress } from "../../src/study/progress.js";
import { studySchema } from "../../src/study/schema.js";
import type * as StudyModule from "../../src/study/study.js";
import { builtCli, builtStudy, toyRegistry } from "./built.js";
import { tasks } from "./fixtures/tasks.mjs";
import { temporaryFolders } from "./temporary-folder.js";

const folder = temporaryFolders();

/** The compiled runner: its worker threads need JavaScript. */
let runner: typeof StudyModule;
beforeAll(async () => {
  expect(existsSync(builtCli), `${builtCli} is missing: npm run build`).toBe(true);
  runner = await import(/* @vite-ignore */ builtStudy("study.js"));
});

type Options = Partial<Parameters<typeof StudyModule.runStudy>[1]>;

function toyStudy(experiments: Record<string, unknown>) {
  const study = studySchema.parse({ name: "toy", experiments });
  return planStudy({ study, source: "toy.yaml" }, tasks, "wasm");
}

const run = (experiments: Record<string, unknown>, out: string, options: Options = {}) =>
  runner.runStudy(toyStudy(experiments), { out, registry: toyRegistry, jobs: 2, progress: silentProgress, ...options });

const grid = { first: { task: "decay", grid: { rate: [0.1, 0.5, 0.9, -9], steps: [10, 2000] }, seeds: [1, 2, 3] } };

/** Every file below a folder with its bytes. */
function contents(here: string): Record<string, string> {
  const files = readdirSync(here, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(here, name)).isFile(),
  );
  return Object.fromEntries(files.sort().map((name) => [name, readFileSync(join(here, name), "base64")]));
}

describe("the pool", () => {
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
    const second = await run(grid, out);
    expect(second.reused).toBe(23);
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
      const { failures, folder: study } = await run(experiments, out);
      const failed = [...failures].map(([{ condition }, error]) => [condition.fail, condition.rate, error.message]);
      expect(failed).toEqual([
        [fail, "0.1", expect.stringContaining(message)],
        [fail, "0.2", expect.stringContaining(message)],
      ]);
      expect(readdirSync(study)).toEqual(["runs"]);
      expect(readdirSync(join(study, "runs"))).toHaveLength(2);
    },
  );

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
    const progress = {
      ...silentProgress,
      finished: (runs: number) => {
        if (runs === 2) interruption.abort();
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

  it("finds before it runs that nothing can be written", async () => {
    const taken = join(folder(), "file");
    writeFileSync(taken, "");
    const busy = { first: { task: "decay", config: { busy: 600_000 } } };
    await expect(run(busy, taken)).rejects.toThrow(`--out ${join(taken, "toy")}: cannot write there: a file is where`);
  });
});
