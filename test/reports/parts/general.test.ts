import { describe, expect, it } from "vitest";
import { reportFor, reports } from "../../../reports/index.js";
import { courses } from "../../../reports/parts/general/courses.js";
import { conditions, summaryPaths, summaryRows } from "../../../reports/parts/general/measures.js";
import { generalReport } from "../../../reports/parts/general/report.js";
import type { Experiment, Run, Study } from "../../../src/study/read.js";
import { finishedRun, finishedStudy } from "../finished-run.js";

function run(rho: string, seed: number, level: number): Run {
  const step = Array.from({ length: 120 }, (_, i) => i + 1);
  const tables: Record<string, object> = {
    metrics: { step, update: step, loss: step.map((s) => level * s), broken: step.map(() => Number.NaN) },
    samples: { x: [1] },
  };
  return finishedRun({
    task: "rl",
    condition: { "optimizer.rho": rho, game: "Ring" },
    seed,
    config: {},
    outcome: seed === 3 ? { kind: "diverged", step: 9, reason: "test" } : { kind: "completed" },
    summary: { score: level, nested: { deep: 2, none: null }, name: "text", list: [1, 2] },
    tables,
  });
}

const experiment: Experiment = {
  name: "first",
  task: "rl",
  axes: {},
  seeds: [1, 2, 3],
  runs: [run("0.9", 1, 1), run("0.9", 2, 2), run("0.9", 3, 6), run("0.99", 1, 10)],
};

describe("the general report", () => {
  it("groups the seeds of a condition and names it by its axes", () => {
    expect(conditions(experiment).map(({ label, runs }) => [label, runs.length])).toEqual([
      ["rho = 0.9, Ring", 3],
      ["rho = 0.99, Ring", 1],
    ]);
  });

  it("finds the numbers of the summaries, however deep, and averages them over the seeds", () => {
    const groups = conditions(experiment);
    const paths = summaryPaths(experiment.runs);
    expect(paths).toEqual(["score", "nested.deep"]);
    const [first] = summaryRows(groups, paths);
    expect(first).toMatchObject({ seeds: 3, diverged: 1 });
    expect(first.values.map((interval) => interval?.estimate)).toEqual([3, 2]);
  });

  it("takes what was recorded over time, counters left out, as means and quartiles in windows", async () => {
    const [loss, broken, ...rest] = await courses(conditions(experiment));
    expect([loss.column, broken.column, rest]).toEqual(["loss", "broken", []]);
    // 60 windows of two steps: the first holds steps 1 and 2 of levels 1, 2 and 6.
    expect(loss.curves[0].points).toHaveLength(60);
    expect(loss.curves[0].points[0]).toEqual({ step: 1, mean: 4.5, low: 2.25, high: 6 });
    expect(broken.curves[0].points).toEqual([]);
  });

  it("leaves a condition without a curve whose runs do not record the column", async () => {
    const other = {
      ...run("0.99", 1, 10),
      table: async () => ({ step: Int32Array.of(1, 2), excess: Float64Array.of(3, 4) }),
    };
    const [loss] = await courses(conditions({ ...experiment, runs: [...experiment.runs.slice(0, 3), other] }));
    expect(loss.curves.map(({ points }) => points.length)).toEqual([60, 0]);
  });

  it("turns its table where there are many numbers", async () => {
    const wide = (summary: object) => ({
      ...experiment,
      runs: experiment.runs.map((one) => ({ ...one, tables: [], summary })),
    });
    const tableOf = async (summary: object) => {
      const study = { name: "x", title: "", experiments: { first: wide(summary) } } as Study;
      return (await generalReport.find(study)).sections[0].content[0];
    };
    expect(await tableOf({ a: 1, b: 2 })).toMatchObject({ header: ["condition", "seeds", "diverged", "a", "b"] });
    const many = Object.fromEntries([..."abcdefghij"].map((name) => [name, 1]));
    const turned = await tableOf(many);
    expect(turned).toMatchObject({ header: ["condition", "rho = 0.9, Ring", "rho = 0.99, Ring"] });
    expect(turned).toMatchObject({ rows: expect.arrayContaining([["diverged", "1", "0"]]) });
  });

  it("shows what GANs draw at the end, whatever they learn", async () => {
    const drawn = (optimizer: string, seed: number) =>
      finishedRun({
        condition: { optimizer },
        seed,
        config: {},
        tables: {
          samples: { x: Float32Array.of(1, 2), y: Float32Array.of(3, 4) },
          target: { x: Float32Array.of(1), y: Float32Array.of(3) },
          modes: { x: [], y: [], deviation: [] },
          surface: { x: [0, 1, 0, 1], y: [0, 0, 1, 1], logit: [0, 0, 0, 0] },
        },
      });
    const runs = [drawn("Adam", 1), drawn("Adam", 2), drawn("RMSprop", 1)];
    const { sections } = await generalReport.find(finishedStudy({ flowers: runs }));
    const { figure } = sections[1];
    expect(figure).toMatchObject({ file: "flowers-samples.png", columns: 2 });
    expect(figure?.panels.map(({ title }) => title)).toEqual(["Adam", "RMSprop", "Adam", "RMSprop"]);
    expect(figure?.panels[0].series[0]).toMatchObject({
      points: [
        { x: 1, y: 3 },
        { x: 2, y: 4 },
      ],
    });
  });

  it("serves studies without a report of their own, and those that only share a name", () => {
    const chosen = (name: string, experiments: Study["experiments"]) => reportFor({ name, title: "", experiments });
    expect(chosen("mine", { first: experiment })).toBe(generalReport);
    expect(chosen("damping", { first: experiment })).toBe(generalReport);
    expect(chosen("adaptation", { scale: experiment, cartpole: experiment })).toBe(reports.adaptation);
  });
});
