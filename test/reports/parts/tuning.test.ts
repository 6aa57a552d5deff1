import { describe, expect, it } from "vitest";
import { generalReport } from "../../../reports/parts/general/report.js";
import type { Line, Marks, Panel } from "../../../reports/parts/panel.js";
import { renderFigure } from "../../../reports/parts/render/png.js";
import { tuningFigure } from "../../../reports/parts/tuning/figure.js";
import { isGeometric, tunedAxes } from "../../../reports/parts/tuning/measures.js";
import { tuningSection } from "../../../reports/parts/tuning/section.js";
import type { Tuning, TuningGroup } from "../../../src/study/read.js";
import { finishedRun, finishedStudy } from "../finished-run.js";
import { pixels } from "./pixels.js";

type Points = TuningGroup["points"];

const group = (rho: string, points: Points, best: number, edges: readonly string[] = []): TuningGroup => ({
  condition: { "optimizer.rho": rho },
  ...{ points, best, edges },
});

const surface = (groups: readonly TuningGroup[], changes: Partial<Tuning> = {}): Tuning => ({
  ...{ metric: "score", goal: "maximise", method: "grid", seeds: [101, 102], groups },
  ...changes,
});

const curve = (...scores: (readonly (number | null)[])[]): Points =>
  scores.map((values, k) => ({ values: { "optimizer.lr": [0.001, 0.01, 0.1][k] }, scores: values }));

const one = surface([
  group("0.9", curve([1, 3], [4, 6], [2, 2]), 1),
  group("0.99", curve([1, 1], [3, 3], [7, 9]), 2, ["optimizer.lr"]),
]);

const square = surface([
  group(
    "0.9",
    [0.1, 1].flatMap((lr) => [2, 4].map((batch) => ({ values: { lr, batch }, scores: [lr * batch, lr * batch] }))),
    3,
  ),
]);

const lines = ({ series }: Panel) => series.filter((one): one is Line => one.kind === "line" && one.label !== "");
const rings = ({ series }: Panel) => series.filter((one): one is Marks => one.kind === "marks" && one.shape === "ring");

describe("the figure of what tuning saw", () => {
  it("is the mean score over one axis, logarithmic where values are geometric, the chosen points ringed", () => {
    const figure = tuningFigure("jump", one);
    expect(figure).toMatchObject({ file: "jump-tuning.png", title: "jump: the best lr is 0.01 to 0.1" });
    const [panel, ...others] = figure?.panels ?? [];
    expect(others).toEqual([]);
    expect(panel.x).toMatchObject({ title: "optimizer.lr", scale: "logarithmic" });
    expect(lines(panel).map((line) => line.points.map((point) => point?.y))).toEqual([
      [2, 5, 2],
      [1, 3, 8],
    ]);
    expect(rings(panel)[0].points.map((point) => point?.y)).toEqual([5, 8]);
  });

  it("crosses out points with runs that diverged, which have no mean", () => {
    const figure = tuningFigure("jump", surface([group("0.9", curve([1, 3], [4, 6], [9, null]), 1)]));
    const [{ series }] = figure?.panels ?? [];
    const crosses = series.find((one) => one.kind === "marks" && one.shape === "crossRot");
    expect(crosses).toMatchObject({ points: [{ x: expect.closeTo(0.1, 9) }] });
    expect(figure?.caption).toContain("Crosses: a run diverged or has no number.");
    expect(tuningFigure("jump", one)?.caption).not.toContain("Crosses");
  });

  it("is a heat map a group for a grid of two axes, darkest at the best", () => {
    const [panel, ...others] = tuningFigure("jump", square)?.panels ?? [];
    expect(others).toEqual([]);
    expect(panel.heat).toEqual({ x: [0, 0, 1, 1], y: [0, 1, 0, 1], value: [0.25, 0.5, 0.75, 1], colours: "rank" });
    expect(panel.x.labels).toEqual(["0.1", "1"]);
    expect(rings(panel)[0].points).toEqual([{ x: 1, y: 1 }]);
    const low = tuningFigure("jump", { ...square, goal: "minimise" })?.panels[0].heat?.value;
    expect(low).toEqual([1, 0.75, 0.5, 0.25]);
  });

  it("is a panel an axis for sampled points, without lines between them", () => {
    const panels = tuningFigure("jump", { ...square, method: "sobol" })?.panels ?? [];
    expect(panels.map(({ x }) => x.title)).toEqual(["lr", "batch"]);
    const drawn = panels[0].series.find((one): one is Marks => one.kind === "marks" && one.label === "rho = 0.9");
    expect(drawn?.points.map((point) => point?.y)).toEqual([0.4, 4]);
    expect(lines(panels[0])).toEqual([]);
  });

  it("has words on the axis for values that are no numbers", () => {
    const points: Points = [[64], [64, 64]].map((hidden, k) => ({ values: { hidden }, scores: [k, k] }));
    const [panel] = tuningFigure("jump", surface([group("0.9", points, 1)]))?.panels ?? [];
    expect(panel.x.labels).toEqual(["[64]", "[64, 64]"]);
  });

  it("takes more panels for more groups than there are colours", () => {
    const groups = Array.from({ length: 9 }, (_, k) => group(`0.${k + 1}`, curve([1, 1], [2, 2], [1, 1]), 1));
    expect(tuningFigure("jump", surface(groups))?.panels).toHaveLength(2);
  });

  it("is none where one point was tried", () => {
    expect(tuningFigure("jump", surface([group("0.9", curve([1, 1]), 0)]))).toBeUndefined();
  });

  it("is drawn", async () => {
    const figure = tuningFigure("jump", square);
    if (figure === undefined) throw new Error("no figure");
    const picture = await pixels(renderFigure(figure));
    const isBlue = (red: number, _green: number, blue: number) => blue > 150 && red < 100;
    expect(picture.count(0, 0, picture.width, picture.height, isBlue)).toBeGreaterThan(10_000);
  });
});

describe("the axes of a surface", () => {
  it("are those with several values, by their last key where that is enough", () => {
    const points: Points = [1, 2].map((k) => ({ values: { "policy.lr": k, "value.lr": k, batch: 4 }, scores: [k, k] }));
    expect(tunedAxes(surface([group("0.9", points, 0)])).map(({ name }) => name)).toEqual(["policy.lr", "value.lr"]);
  });

  it.each([
    [[0.0003, 0.001, 0.003, 0.01], true],
    [[16, 32, 64], true],
    [[1, 2, 3], false],
    [[0, 1, 10], false],
  ])("%j are geometric: %s", (values, expected) => {
    expect(isGeometric(values)).toBe(expected);
  });
});

describe("the section about tuning", () => {
  it("says what was chosen, and where the best stands at the edge", () => {
    const { heading, content } = tuningSection("jump", one);
    const [method, table, ...warnings] = content;
    expect(heading).toBe("jump: tuning");
    expect(method).toContain("(101, 102): those with the highest mean of `score` among 3 points of a grid");
    expect(table).toMatchObject({
      header: ["conditions", "optimizer.lr", "score", "at the edge"],
      rows: [
        ["rho = 0.9", "0.01", expect.stringMatching(/^5 \[/), "no"],
        ["rho = 0.99", "0.1", expect.stringMatching(/^8 \[/), "optimizer.lr"],
      ],
    });
    expect(warnings).toEqual([
      "**rho = 0.99**: the best optimizer.lr, 0.1, is the largest tried; a better value may lie beyond.",
    ]);
  });

  it("says where nothing could be chosen", () => {
    const { content } = tuningSection("jump", surface([group("0.9", curve([null, 1], [null, null]), 0)]));
    expect(content.at(-1)).toBe("**rho = 0.9**: with every point some run diverged or has no number.");
  });

  it("is in the general report of a study that tunes, before its experiment", async () => {
    const study = finishedStudy({ jump: [finishedRun({ config: {}, summary: { score: 1 } })] });
    const tuned = { ...study, experiments: { jump: { ...study.experiments.jump, tuning: one } } };
    const headings = async (of: typeof study) => (await generalReport.find(of)).sections.map(({ heading }) => heading);
    expect(await headings(study)).toEqual(["jump"]);
    expect(await headings(tuned)).toEqual(["jump: tuning", "jump"]);
  });
});
