import { describe, expect, it } from "vitest";
import { compareAll, effectOf } from "../../reports/cures/comparisons.js";
import { rotationDamping } from "../../reports/cures/jacobian.js";
import { arrived } from "../../reports/cures/published.js";
import type { CureRow } from "../../reports/cures/rows.js";

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

describe("a published statement", () => {
  it("is met as an arrival where a tenth of the distance is left", () => {
    const statement = { game: "bilinear", method: "A", source: "B", arrives: true } as const;
    expect([0.1, 0.2].map((distance) => arrived({ ...statement, distance }))).toEqual([true, false]);
  });
});
