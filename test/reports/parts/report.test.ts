import { describe, expect, it } from "vitest";
import { z } from "zod";
import { experiment, reportOf } from "../../../reports/parts/report.js";
import { overSeeds, windowMeans } from "../../../reports/parts/windows.js";
import { finishedRun, finishedStudy } from "../finished-run.js";

const part = (name: string, heading: string) =>
  experiment({
    needs: { [name]: z.object({ lr: z.number() }) },
    find: (experiments) => ({
      verdicts: [{ claim: heading, verdict: "true", because: String(experiments[name].runs[0].config.lr) }],
      sections: [{ heading, content: [] }],
    }),
  });

describe("a report", () => {
  const report = reportOf("Why.", [part("a", "First"), part("b", "Second"), part("a", "Third")]);

  it("needs what its parts need, and gives their findings in their order under the study's title", async () => {
    const study = finishedStudy({ a: [finishedRun({ config: { lr: 1 } })], b: [finishedRun({ config: { lr: 2 } })] });
    expect(report.needs).toEqual(["a", "b"]);
    const { title, verdicts, sections } = await report.find(study);
    expect(title).toBe("A title");
    expect(verdicts.map(({ because }) => because)).toEqual(["1", "2", "1"]);
    expect(sections.map(({ heading }) => heading)).toEqual(["First", "Second", "Third"]);
  });

  it("refuses runs whose configuration lacks what a part needs, by the run and the path", async () => {
    const study = finishedStudy({ a: [finishedRun({ id: "abc", config: { lr: "x" } })], b: [] });
    await expect(report.find(study)).rejects.toThrow(/^run abc: config\.lr: expected a number, found "x"$/);
  });

  it("leaves out the parts whose experiments the study lacks", async () => {
    const study = finishedStudy({ b: [finishedRun({ config: { lr: 2 } })] });
    expect(report.reads(study)).toBe(true);
    expect((await report.find(study)).sections.map(({ heading }) => heading)).toEqual(["Second"]);
  });

  it("refuses a study that holds none of its experiments", async () => {
    expect(report.reads(finishedStudy({ c: [] }))).toBe(false);
    await expect(report.find(finishedStudy({ c: [] }))).rejects.toThrow(
      "study test: the report needs one of the experiments a, b",
    );
  });
});

describe("windows of steps", () => {
  it("hold the means of their finite values, NaN where there are none", () => {
    expect(windowMeans([1, 2, 3, 4, 7], [1, 3, Number.NaN, 5, 9], 8, 4)).toEqual([2, 5, Number.NaN, 9]);
  });

  it("have mean and 95 % interval over the seeds, without those in which no seed has a value", () => {
    const seeds = [
      [1, Number.NaN],
      [3, Number.NaN],
    ];
    // t = 12.706 with one degree of freedom, times a standard error of 1.
    const [window, ...others] = overSeeds(seeds, 10);
    expect([window.step, window.mean, others.length]).toEqual([2.5, 2, 0]);
    expect([window.low, window.high]).toEqual([expect.closeTo(2 - 12.706, 3), expect.closeTo(2 + 12.706, 3)]);
  });
});
