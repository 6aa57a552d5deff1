import { describe, expect, it } from "vitest";
import { compareAll, effectOf } from "../../reports/cures/comparisons.js";
import { iterateDistances } from "../../reports/cures/iterates.js";
import { rotationDamping } from "../../reports/cures/jacobian.js";
import { arrived } from "../../reports/cures/published.js";
import type { CureRow } from "../../reports/cures/rows.js";
import { publishedTable } from "../../reports/cures/targets.js";
import { smallestDetectableDifference } from "../../src/stats/index.js";

/** A cure's row of seeds with so many modes and such a share of good samples. */
function row(cure: string, results: readonly (readonly [modes: number, highQuality: number])[]): CureRow {
  const motion = {
    turns: 0,
    round: false,
    slow: 0,
    drift: 0,
    chatter: 0,
    allModesAt: 0,
    occupancy: [],
    collapsed: false,
  };
  const seeds = results.map(([modes, highQuality], i) => ({ seed: i + 1, modes, highQuality, ...motion }));
  return { cure, target: "ring", lr: 0.001, seeds };
}

describe("cures beside none", () => {
  const none = row("none", [
    [6, 0.2],
    [5, 0.22],
    [6, 0.18],
    [7, 0.21],
  ]);
  const good = row("good", [
    [8, 0.9],
    [8, 0.91],
    [8, 0.89],
    [8, 0.92],
  ]);
  const alike = row("alike", [
    [7, 0.21],
    [6, 0.2],
    [7, 0.2],
    [8, 0.19],
  ]);

  it("are compared by the seeds' differences, a share in percentage points, Holm over all", () => {
    const found = compareAll([{ none, cures: [good, alike] }]);
    expect(found).toHaveLength(4);
    const share = found.find(({ cure, measure }) => cure === "good" && measure === "highQuality");
    expect(share?.difference.estimate).toBeCloseTo(70.25, 10);
    // Differences of 70, 69, 71 and 71 points: standard error √(11/48), three degrees of freedom.
    expect(share?.detectable).toBeCloseTo(
      smallestDetectableDifference({ standardError: Math.sqrt(11 / 48), degrees: 3 }),
      10,
    );
    expect(found.map(effectOf)).toEqual(["better", "better", "not distinguishable", "not distinguishable"]);
    const [alone] = compareAll([{ none, cures: [good] }]).filter(({ measure }) => measure === "highQuality");
    expect(share?.p).toBeCloseTo(2 * alone.p, 12);
  });

  it("are not told apart by a few differences that are all the same", () => {
    const [modes] = compareAll([{ none, cures: [alike] }]);
    expect(modes).toMatchObject({ measure: "modes", difference: { estimate: 1, low: 1, high: 1 } });
    expect(effectOf(modes)).toBe("not distinguishable");
  });

  it("leave out seeds of which one side is not known", () => {
    const unknown = row("unknown", [[8, Number.NaN]]);
    expect(compareAll([{ none, cures: [unknown] }])).toEqual([]);
  });
});

describe("the rotation in a spectrum", () => {
  it("is the converged eigenvalue that turns most, by its damping ratio", () => {
    const eigenvalues = [
      { real: 9, imaginary: 0, residual: 0 },
      { real: 3, imaginary: 4, residual: 0.1 },
      { real: -1, imaginary: 40, residual: 20 },
    ];
    expect(rotationDamping(eigenvalues)).toBeCloseTo(0.6, 12);
    expect(rotationDamping(eigenvalues.slice(2))).toBeNaN();
    expect(rotationDamping(eigenvalues.slice(0, 1))).toBeNaN();
  });
});

describe("the last iterate and the average", () => {
  it("part on a circle: the last one stays, the average of whole turns is at the centre", () => {
    const turn = Array.from({ length: 400 }, (_, i) => (2 * Math.PI * (i + 1)) / 100);
    const { last, average } = iterateDistances(turn.map(Math.cos), turn.map(Math.sin));
    expect(last[399]).toBeCloseTo(1, 12);
    expect(average[0]).toBeCloseTo(1, 12);
    expect(average[399]).toBeCloseTo(0, 12);
    expect(average[49]).toBeGreaterThan(0.5);
  });
});

describe("what papers say of a cure", () => {
  it("stands beside the differences found, a column for each target and measure", () => {
    const row = (measure: "modes" | "highQuality", estimate: number, p: number) =>
      ({
        cure: "R1",
        target: "ring",
        measure,
        difference: { estimate, low: estimate - 1, high: estimate + 1 },
        detectable: 1,
        p,
      }) as const;
    const { header, rows } = publishedTable([row("modes", 2, 0.01), row("highQuality", 0.5, 0.9)]);
    const r1 = rows.find(([cure]) => cure === "R1");
    expect(header.slice(3)).toEqual([
      "ours, ring: modes covered",
      "ours, ring: high-quality share (percentage points)",
    ]);
    expect(r1?.slice(3)).toEqual(["2 [1, 3] better", "0.5 [−0.5, 1.5] not distinguishable"]);
    expect(rows.find(([cure]) => cure === "WGAN-GP")?.slice(3)).toEqual(["—", "—"]);
  });
});

describe("a published statement", () => {
  it("is met as an arrival where a tenth of the distance is left", () => {
    const statement = { game: "bilinear", method: "A", source: "B", arrives: true } as const;
    expect(
      [0.1, 0.2].map((distance) => arrived({ ...statement, distance, growth: 0.9, predictedGrowth: 0.9 })),
    ).toEqual([true, false]);
  });
});
