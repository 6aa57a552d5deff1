import { describe, expect, it } from "vitest";
import { reportFor, reports } from "../../../reports/index.js";
import type { Table } from "../../../reports/parts/findings.js";
import { courses, pointsOf } from "../../../reports/parts/general/courses.js";
import { headlineMetric } from "../../../reports/parts/general/headline.js";
import { sameLearningRate } from "../../../reports/parts/general/learning-rate.js";
import { conditionLabel, conditions, summaryPaths, summaryRows } from "../../../reports/parts/general/measures.js";
import { generalReport } from "../../../reports/parts/general/report.js";
import type { Experiment, Run, Study } from "../../../src/study/read.js";
import type { Summary } from "../../../src/study/task.js";
import { finishedRun, finishedStudy } from "../finished-run.js";

function run(rho: string, seed: number, level: number): Run {
  const step = Array.from({ length: 240 }, (_, i) => i + 1);
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

/** A summary of numbers, each multiplied. */
const scaled = (summary: Summary, factor: number) =>
  Object.fromEntries(Object.entries(summary).map(([name, value]) => [name, factor * Number(value)]));

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

  it("takes what was recorded over time, counters left out, as means and intervals in windows", async () => {
    const [loss, broken, ...rest] = await courses(conditions(experiment));
    expect([loss.column, broken.column, rest]).toEqual(["loss", "broken", []]);
    // 60 windows of four steps: the first holds steps 1 to 4 of levels 1, 2 and 6.
    expect(loss.curves[0].points).toHaveLength(60);
    const [{ points, seeds, last }] = loss.curves;
    // The means 2.5, 5 and 15: a standard error of 3.819, t = 4.303 with two degrees of freedom.
    expect(points[0]).toMatchObject({
      step: 2,
      mean: 7.5,
      low: expect.closeTo(-8.931, 2),
      high: expect.closeTo(23.931, 2),
      seeds: 3,
    });
    expect(seeds.map((seed) => pointsOf(seed, last)[0])).toEqual([2.5, 5, 15].map((y) => ({ x: 2, y })));
    expect(broken.curves[0].points).toEqual([]);
  });

  it("leaves a condition without a curve whose runs do not record the column", async () => {
    const other = {
      ...run("0.99", 1, 10),
      table: async () => ({ step: Int32Array.of(1, 2), excess: Float64Array.of(3, 4) }),
    };
    const [loss] = await courses(conditions({ ...experiment, runs: [...experiment.runs.slice(0, 3), other] }));
    // Two rows are enough for the fewest windows only.
    expect(loss.curves.map(({ points }) => points.length)).toEqual([5, 0]);
  });

  it("names a value that no word explains by its key, and lets words speak for themselves", () => {
    const condition = { "agent.maxGradientNorm": "null", "a.hidden": "[64, 64]", "b.rho": "0.9", game: "Ring" };
    expect(conditionLabel(condition)).toBe("max gradient norm: none, hidden = [64, 64], rho = 0.9, Ring");
  });

  const findingsOf = (runs: readonly Run[]) =>
    generalReport.find({ name: "x", title: "", experiments: { first: { ...experiment, runs } } });
  const contentOf = async (runs: readonly Run[]) => (await findingsOf(runs)).sections[0].content;
  const summarised = (summaryOf: (k: number) => Summary) =>
    experiment.runs.map((one, k) => ({ ...one, tables: [], summary: summaryOf(k) }));

  it("turns its table where there are many numbers", async () => {
    const narrow = (await contentOf(summarised((k) => ({ a: k, b: -k })))).at(-1);
    expect(narrow).toMatchObject({ header: ["condition", "seeds", "diverged", "a", "b"] });
    const many = (k: number) => Object.fromEntries([..."abcdefghij"].map((name) => [name, k]));
    const turned = (await contentOf(summarised(many))).at(-1);
    expect(turned).toMatchObject({ header: ["condition", "rho = 0.9, Ring", "rho = 0.99, Ring"] });
    expect(turned).toMatchObject({ rows: expect.arrayContaining([["diverged", "1", "0"]]) });
  });

  it("says once what is the same in every run", async () => {
    const [sentence, table] = await contentOf(summarised((k) => ({ steps: 4000, score: k })));
    expect(sentence).toBe("The same in every run: `steps` 4000.");
    expect(table).toMatchObject({ header: ["condition", "seeds", "diverged", "score"] });
  });

  describe("compares conditions with the first", () => {
    const [five, noise] = [
      [1, 2, 3, 4, 5],
      [0.1, -0.2, 0.3, 0, -0.1],
    ];
    const shifted = (rho: string, shift: number, optimizer: object) =>
      five.map((seed) => ({
        ...run(rho, seed, 1),
        config: { optimizer: { name: "rmsprop", rho: Number(rho), ...optimizer } },
        tables: [],
        // Seeds share the most of their noise with those of the same seed.
        summary: { score: shift + 10 * noise[seed - 1] + (shift === 0 ? 0 : noise[(seed + 1) % 5]) },
      }));
    const runs = (optimizerOf: (k: number) => object) =>
      [0, 3, 0.01].flatMap((shift, k) => shifted(`0.${9 - k}`, shift, optimizerOf(k)));

    it("by differences over shared seeds, with Holm's correction and what could have been seen", async () => {
      const { verdicts, sections } = await findingsOf(runs(() => ({ lr: 0.1 })));
      const [{ claim, verdict, because }] = verdicts;
      expect([claim, verdict]).toEqual(["first: conditions differ from *rho = 0.9, Ring* in `score`.", "depends"]);
      // The noise that they do not share has mean 0.02 and standard error 0.0860; t = 2.776 with four degrees of freedom.
      expect(because).toMatch(
        /^Larger under \*rho = 0\.8, Ring\*: 3\.02 \[2\.78, 3\.26\] \(p = [\d.·⁻⁰-⁹]+\); not disting/,
      );
      expect(because).toMatch(
        /rho = 0\.7.* could have been told\. 5 seeds; told .* over 2 comparisons\. \*\*One learning/,
      );
      const { heading, figure, content } = sections[1];
      expect(heading).toBe("first: differences");
      const { rows } = content[1] as Table;
      expect(rows.map(([label, seeds, , test, , , found]) => [label, seeds, test, found])).toEqual([
        ["rho = 0.8, Ring", "5", "pairs of seeds", "larger"],
        ["rho = 0.7, Ring", "5", "pairs of seeds", "not distinguishable"],
      ]);
      expect(rows[0][2]).toBe("3.02 [2.78, 3.26]");
      expect(figure?.title).toBe(
        "first: score is larger under rho = 0.8, Ring; not distinguishable under rho = 0.7, Ring, beside rho = 0.9, Ring",
      );
    });

    it("exactly, where no seed changes the number", async () => {
      const exact = runs(() => ({ lr: 0.1 })).map((one, k) => ({
        ...one,
        summary: { score: [7, 8, 7][Math.floor(k / 5)] },
      }));
      const { verdicts, sections } = await findingsOf(exact);
      expect(verdicts[0]).toMatchObject({ verdict: "depends" });
      expect(verdicts[0].because).toMatch(
        /^Larger under .*: 1; the same under .*\. No seed changes the number \(n = 5\)/,
      );
      const { rows } = sections[1].content[1] as Table;
      expect(rows.map((row) => row.slice(2))).toEqual([
        ["1", "exact", "—", "—", "larger"],
        ["0", "exact", "—", "—", "the same"],
      ]);
      expect((sections[0].content.at(-1) as Table).rows[0].at(-1)).toBe("7");
    });

    it("by what tuning sought, else by what the task is run for, else by what differs", () => {
      const metricOf = (summary: Summary, more: Partial<Experiment> = {}) => {
        const two = [1, 2].map((factor) =>
          finishedRun({ condition: { a: String(factor) }, seed: 1, config: {}, summary: scaled(summary, factor) }),
        );
        const one = { ...experiment, ...more, runs: two };
        return headlineMetric(one, conditions(one));
      };
      expect(metricOf({ episodes: 3, meanReturnLast100: 4 })).toBe("meanReturnLast100");
      expect(metricOf({ episodes: 3, other: 4 })).toBe("episodes");
      expect(metricOf({ same: 0 })).toBeUndefined();
      const tuning = { metric: "episodes" } as Experiment["tuning"];
      expect(metricOf({ episodes: 3, meanReturnLast100: 4 }, { tuning })).toBe("episodes");
    });

    it("warns where one learning rate is all that they had, compared or not", async () => {
      const warned = async (optimizerOf: (k: number) => object, seeds = five.length) => {
        const { verdicts, sections } = await findingsOf(runs(optimizerOf).filter(({ seed }) => seed <= seeds));
        return /\*\*One learning rate for all\*\*/.test(JSON.stringify([verdicts, sections]));
      };
      expect(await warned(() => ({ lr: 0.1 }))).toBe(true);
      expect(await warned(() => ({ lr: 0.1 }), 1)).toBe(true);
      expect(await warned((k) => ({ lr: 0.1 * (k + 1) }))).toBe(false);
      expect(sameLearningRate(shifted("0.9", 0, { lr: 0.1 }))).toEqual([]);
    });
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
