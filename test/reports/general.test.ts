import { describe, expect, it } from "vitest";
import { conditions, courses, summaryPaths, summaryRows } from "../../reports/general/measures.js";
import { generalReport } from "../../reports/general/report.js";
import { reportFor } from "../../reports/index.js";
import type { Experiment, Run, Study } from "../../src/study/read.js";

function run(rho: string, seed: number, level: number): Run {
  const step = Array.from({ length: 120 }, (_, i) => i + 1);
  const tables: Record<string, object> = {
    metrics: { step, update: step, loss: step.map((s) => level * s), broken: step.map(() => Number.NaN) },
    samples: { x: [1] },
  };
  return {
    id: "",
    task: "rl",
    condition: { "optimizer.rho": rho, game: "Ring" },
    seed,
    engine: "wasm",
    config: {},
    outcome: seed === 3 ? { kind: "diverged", step: 9, reason: "test" } : { kind: "completed" },
    summary: { score: level, nested: { deep: 2, none: null }, name: "text", list: [1, 2] },
    parametersSha256: "",
    tables: Object.keys(tables),
    table: async (name) => tables[name] as Awaited<ReturnType<Run["table"]>>,
  };
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

  it("turns its table where there are many numbers", async () => {
    const wide = (summary: object) => ({
      ...experiment,
      runs: experiment.runs.map((one) => ({ ...one, tables: [], summary })),
    });
    const text = async (summary: object) => {
      const study = { name: "x", title: "", experiments: { first: wide(summary) } } as Study;
      return (await generalReport.find(study)).sections[0].text;
    };
    expect(await text({ a: 1, b: 2 })).toContain("| condition | seeds | diverged | a | b |");
    const many = Object.fromEntries([..."abcdefghij"].map((name) => [name, 1]));
    expect(await text(many)).toContain("| condition | rho = 0.9, Ring | rho = 0.99, Ring |");
    expect(await text(many)).toContain("| diverged | 1 | 0 |");
  });

  it("serves studies without a report of their own, and those that only share a name", () => {
    const study = (name: string, experiments: Study["experiments"]) => reportFor({ name, title: "", experiments }).name;
    expect(study("mine", { first: experiment })).toBe("general");
    expect(study("damping", { first: experiment })).toBe("general");
    expect(study("adaptation", { scale: experiment, cartpole: experiment })).toBe("adaptation");
  });
});
