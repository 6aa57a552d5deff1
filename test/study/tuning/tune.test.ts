import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { InputError } from "../../../src/config/input-error.js";
import { executeRun } from "../../../src/study/execute.js";
import type { Executor } from "../../../src/study/executor.js";
import { studyFolder } from "../../../src/study/folder-store.js";
import { planStudy } from "../../../src/study/grid.js";
import { type LoadedStudy, loadStudy } from "../../../src/study/load.js";
import { type Phase, silentProgress } from "../../../src/study/progress.js";
import { readStudy } from "../../../src/study/read.js";
import { studySchema } from "../../../src/study/schema.js";
import type { RunStore } from "../../../src/study/store.js";
import { runStudy } from "../../../src/study/study.js";
import { tasks } from "../fixtures/tasks.mjs";
import { temporaryFolders } from "../temporary-folder.js";

const folder = temporaryFolders();

const tune = { axes: { place: [1, 2, 4, 8] }, seeds: [101, 102], metric: "height" };
const base = { task: "hill", grid: { top: [2, 4], steps: [5, 6] }, seeds: [1, 2, 3] };

const study = (experiment: object): LoadedStudy => ({
  study: studySchema.parse({ name: "toy", experiments: { first: { ...base, ...experiment } } }),
  source: "toy.yaml",
});

/** Carries out runs in this thread; one that throws has failed. */
function here(store: RunStore): Executor {
  return {
    async run(runs, hooks) {
      const failures = new Map<(typeof runs)[number], Error>();
      for (const run of runs) {
        if (hooks?.signal?.aborted) break;
        const task = tasks.find(({ name }) => name === run.task) ?? tasks[0];
        const error = await executeRun(task, run)
          .then((finished) => store.put({ run, finished }))
          .catch((error) => error);
        if (error !== undefined) failures.set(run, error);
        hooks?.onFinished?.(run, error);
      }
      return failures;
    },
  };
}

function run(loaded: LoadedStudy, out: string, options: Partial<Parameters<typeof runStudy>[1]> = {}) {
  const store = studyFolder(out);
  const plan = planStudy(loaded, tasks, "wasm");
  return runStudy(plan, { store, executor: here(store.runs), progress: silentProgress, ...options });
}

describe("an experiment that tunes", () => {
  it("has in each condition the values that are best there", async () => {
    const out = folder();
    await run(study({ tune: { ...tune, per: ["top"] } }), out);
    const { first } = (await readStudy(out)).experiments;
    expect(
      first.runs.map(({ condition, seed, config }) => [condition, seed, (config as { place: number }).place]),
    ).toEqual(
      ["2", "4"].flatMap((top) =>
        ["5", "6"].flatMap((steps) => [1, 2, 3].map((seed) => [{ top, steps }, seed, Number(top)])),
      ),
    );
  });

  it("keeps what it saw in study.json, which is as before for those that do not", async () => {
    const out = folder();
    await run(study({ tune: { ...tune, per: ["top"] } }), out);
    const { tuning } = (await readStudy(out)).experiments.first;
    expect(tuning).toMatchObject({ metric: "height", goal: "maximise", method: "grid", seeds: [101, 102] });
    expect(tuning?.groups.map(({ condition, best, edges }) => [condition, best, edges])).toEqual([
      [{ top: "2" }, 1, []],
      [{ top: "4" }, 2, []],
    ]);
    expect(tuning?.groups[1].points[0]).toEqual({ values: { place: 1 }, scores: [-2 + 101 / 1024, -2 + 102 / 1024] });
    const plain = folder();
    await run(study({}), plain);
    expect(Object.keys(JSON.parse(readFileSync(join(plain, "study.json"), "utf8")).experiments.first)).toEqual([
      "task",
      "axes",
      "seeds",
      "runs",
    ]);
  });

  it("tunes for all of the grid's axes, or for all conditions together", async () => {
    const apart = await run(study({ tune }), folder());
    expect(apart.total).toBe(4 * 4 * 2 + 4 * 3);
    const out = folder();
    const together = await run(study({ config: { top: 8 }, tune: { ...tune, per: [], extend: 0 } }), out);
    expect(together.total).toBe(4 * 2 + 4 * 3);
    const { tuning } = (await readStudy(out)).experiments.first;
    expect(tuning?.groups).toMatchObject([{ condition: {}, best: 3, edges: ["place"] }]);
  });

  it("changes its tuning runs, and them alone, as `set` says", async () => {
    const out = folder();
    await run(study({ grid: { top: [2, 4] }, tune: { ...tune, set: { steps: 1 } } }), out);
    const store = studyFolder(out);
    const stored = await Promise.all((await store.runs.list()).map((id) => store.runs.get(id)));
    const steps = (tuning: boolean) =>
      new Set(
        stored.filter(({ seed }) => seed > 100 === tuning).map(({ config }) => (config as { steps: number }).steps),
      );
    expect([...steps(true)]).toEqual([1]);
    expect([...steps(false)]).toEqual([5]);
  });

  it("takes a diverged run for the worst", async () => {
    const out = folder();
    await run(study({ grid: { top: [4] }, config: { cliff: 3 }, tune }), out);
    const [group] = (await readStudy(out)).experiments.first.tuning?.groups ?? [];
    expect(group).toMatchObject({ best: 1, points: [{}, {}, { scores: [null, null] }, { scores: [null, null] }] });
  });

  it("goes beyond its grid as far as its task allows", async () => {
    const out = folder();
    await run(study({ grid: { top: [1024] }, tune: { ...tune, extend: 9 } }), out);
    const [group] = (await readStudy(out)).experiments.first.tuning?.groups ?? [];
    expect(group.points.map(({ values }) => values.place)).toEqual([1, 2, 4, 8, 16, 32, 64]);
    expect(group).toMatchObject({ best: 6, edges: ["place"] });
  });

  it("runs nothing twice, and resumes in the middle of tuning", async () => {
    const out = folder();
    const loaded = study({ tune });
    const interruption = new AbortController();
    let runs = 0;
    const ended = () => {
      if (++runs === 5) interruption.abort();
    };
    const progress = { ...silentProgress, ended };
    const stopped = await run(loaded, out, { progress, signal: interruption.signal });
    expect(stopped).toMatchObject({ interrupted: true, total: 32, reused: 0 });
    expect(await studyFolder(out).runs.list()).toHaveLength(5);
    expect(await run(loaded, out)).toMatchObject({ total: 44, reused: 5 });
    expect(await run(loaded, out)).toMatchObject({ total: 44, reused: 44, interrupted: false });
  });

  it("does not go on when a run of tuning failed", async () => {
    const failing = study({
      ...{ task: "decay", grid: {}, seeds: [1] },
      tune: { axes: { fail: ["never", "throw"] }, seeds: [101], metric: "last" },
    });
    const out = folder();
    const { failures, total } = await run(failing, out);
    expect([...failures].map(([{ condition }, { message }]) => [condition.fail, message])).toEqual([
      ["throw", "told to fail with seed 101"],
    ]);
    expect(total).toBe(2);
    await expect(studyFolder(out).get()).rejects.toThrow("there is no such file");
  });

  it("says which phase is running", async () => {
    const phases: Phase[] = [];
    const progress = { ...silentProgress, start: (phase: Phase) => void phases.push(phase) };
    await run(study({ tune: { ...tune, seeds: [101, 102, 103], halving: { start: 1 } } }), folder(), { progress });
    expect(phases.map(({ name, total, done, later }) => [name, total, done, later.length])).toEqual([
      ["toy, tuning of first", 16, 0, 12],
      ["toy, tuning of first", 8, 0, 12],
      ["toy, tuning of first", 4, 0, 12],
      ["toy", 12, 0, 0],
    ]);
    expect(phases[0].metric).toEqual({ path: "height", goal: "maximise" });
  });

  it("refuses a metric that turns out to be no number", async () => {
    const words = study({ tune: { ...tune, metric: "side" } });
    await expect(run(words, folder())).rejects.toThrow(
      'expected a number as the metric "side" of tuning, found "left"',
    );
  });
});

describe("a study file that tunes", () => {
  it("is reached by --quick and --set, and its tuning seeds are left alone by --seeds", () => {
    const file = join(folder(), "study.yaml");
    const experiments = { first: { ...base, tune: { ...tune, axes: { "nested.place": [1, 2, 4] } } } };
    const quick = { "experiments.first.tune.axes.nested.place": [1, 2] };
    writeFileSync(file, stringify({ name: "toy", experiments, quick }));
    const set = [{ path: "experiments.first.tune.halving.start", value: 1 }];
    const { first } = loadStudy(file, { quick: true, set, seeds: 5 }).study.experiments;
    expect(first.seeds).toEqual([1, 2, 3, 4, 5]);
    expect(first.tune).toMatchObject({
      axes: { "nested.place": [1, 2] },
      seeds: [101, 102],
      halving: { start: 1, keep: 0.5 },
    });
    const many = loadStudy(file, { seeds: 101 });
    expect(() => planStudy(many, tasks, "wasm")).toThrow("tune.seeds: expected others than the experiment's own seeds");
  });
});

describe("what cannot be tuned", () => {
  const at = "toy.yaml: experiments.first";
  it.each<[string, object, object, string]>([
    [
      "a seed that the experiment has",
      {},
      { seeds: [3, 101] },
      `${at}.tune.seeds: expected others than the experiment's own seeds, found 3`,
    ],
    [
      "an unknown metric",
      {},
      { metric: "hieght" },
      `${at}.tune.metric: unknown metric "hieght"; did you mean "height"? valid: height, side`,
    ],
    [
      "an unknown axis",
      {},
      { per: ["step"] },
      `${at}.tune.per: the grid has no axis "step"; did you mean "steps"? valid: top, steps`,
    ],
    ["an axis of no grid", { grid: {} }, { per: ["top"] }, `${at}.tune.per: the grid has no axis "top"`],
    ["an unknown key", {}, { axes: { plaec: [1] } }, `${at}.config: unknown key "plaec"; did you mean "place"?`],
    [
      "an invalid value",
      {},
      { axes: { place: [1, 65] } },
      `${at}.config.place: expected at most 64, found 65 (in the condition top=2, steps=5, place=65)`,
    ],
    ["an invalid change", {}, { set: { cliff: "high" } }, `${at}.config.cliff: expected a number, found "high"`],
    [
      "a value twice",
      {},
      { axes: { place: [1, 2, 1] } },
      `${at}.tune.axes.place: expected values that differ, found 1 twice`,
    ],
    [
      "what the grid sets",
      {},
      { axes: { top: [1] } },
      `${at}.tune.axes: the axis "top" replaces what the grid's axis "top" sets`,
    ],
    ["what set sets", {}, { set: { place: 1 } }, `${at}.tune.axes: the axis "place" replaces what set, "place", sets`],
    [
      "what set undoes",
      {},
      { set: { steps: 1 } },
      `${at}.tune.set: "steps" replaces what the grid's axis "steps" sets; leave "steps" out of per`,
    ],
  ])("is refused before anything runs: %s", (_, experiment, changes, message) => {
    const attempt = () => planStudy(study({ ...experiment, tune: { ...tune, ...changes } }), tasks, "wasm");
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow("\n");
  });

  const written = (changes: object) =>
    studySchema.safeParse({ name: "toy", experiments: { first: { ...base, tune: { ...tune, ...changes } } } });
  const range = { low: 1, high: 2 };
  it.each<[object, string]>([
    [{ method: "random", axes: { place: range }, budget: 0 }, "budget"],
    [{ method: "random", axes: { place: range } }, "budget"],
    [{ method: "sobol", axes: { place: [1, 2] }, budget: 4 }, "axes.place"],
    [{ axes: { place: range } }, "axes.place"],
    [{ budget: 3 }, ""],
    [{ axes: {} }, "axes"],
    [{ axes: { place: [] } }, "axes.place"],
    [{ method: "random", axes: { place: { low: 2, high: 1 } }, budget: 4 }, "axes.place.high"],
    [{ method: "random", axes: { place: { low: 0, high: 1, scale: "logarithmic" } }, budget: 4 }, "axes.place.low"],
    [{ method: "random", axes: { place: range }, budget: 4, extend: 1 }, ""],
    [{ halving: { start: 2 } }, "halving.start"],
    [{ halving: { start: 1, keep: 1 } }, "halving.keep"],
  ])("is refused by its schema: %j", (changes, path) => {
    const { error } = written(changes);
    expect(error?.issues.map((issue) => issue.path.slice(3).join("."))).toEqual([path]);
  });
});
