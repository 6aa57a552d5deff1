import { describe, expect, it } from "vitest";
import type { Point } from "../../../src/study/tuning/points.js";
import { type Score, search, type Trial } from "../../../src/study/tuning/search.js";

type Options = Parameters<typeof search>[0];

const points = (...values: number[]): Point[] => values.map((lr) => ({ lr }));

/** Searches to the end; tells the batches of trials besides. */
function searched(options: Partial<Options>, scoreOf: (trial: Trial) => Score) {
  const defaults = { seeds: [101, 102], goal: "maximise", groups: 1, extend: 0, admits: () => true } as const;
  const searching = search({ ...defaults, points: points(1, 2, 4, 8), ...options });
  const batches: Trial[][] = [];
  let step = searching.next([]);
  while (!step.done) {
    batches.push([...step.value]);
    step = searching.next(step.value.map(scoreOf));
  }
  return { groups: step.value, batches };
}

const lrOf = ({ point }: Trial) => Number(point.lr);
/** Highest at the given learning rate. */
const peakAt = (top: number) => (trial: Trial) => -Math.abs(Math.log2(lrOf(trial) / top));

describe("the search for the best point", () => {
  it("finds each group's own, by the mean over the seeds", () => {
    const { groups, batches } = searched({ groups: 2 }, (trial) => peakAt([2, 4][trial.group])(trial) + trial.seed);
    expect(groups.map(({ best }) => best)).toEqual([1, 2]);
    expect(groups.map(({ edges }) => edges)).toEqual([[], []]);
    expect(groups[0].points[2]).toEqual({ values: { lr: 4 }, scores: [100, 101] });
    expect(batches.map((trials) => trials.length)).toEqual([16]);
  });

  it("takes the lowest where that is the goal, and the earlier of equals", () => {
    const lowest = searched({ goal: "minimise" }, (trial) => -(peakAt(4)(trial) ?? 0)).groups[0];
    expect(lowest.best).toBe(2);
    expect(searched({}, () => 0).groups[0].best).toBe(0);
  });

  it("counts a missing score as the worst, fewer of them as better than many", () => {
    const failing = (missing: Record<number, number>) => (trial: Trial) =>
      trial.seed - 101 < (missing[lrOf(trial)] ?? 0) ? null : lrOf(trial);
    expect(searched({}, failing({ 8: 1 })).groups[0].best).toBe(2);
    expect(searched({}, failing({ 1: 2, 2: 1, 4: 2, 8: 2 })).groups[0].best).toBe(1);
    expect(searched({ goal: "minimise" }, failing({ 1: 1 })).groups[0].best).toBe(1);
    expect(searched({}, () => null).groups[0].best).toBe(0);
  });

  it("halves the points and doubles the seeds, with the same budget in every group", () => {
    const options = {
      points: points(1, 2, 4, 8, 16),
      groups: 2,
      seeds: [1, 2, 3, 4, 5],
      halving: { start: 1, keep: 0.5 },
    };
    const { groups, batches } = searched(options, (trial) => peakAt([2, 8][trial.group])(trial));
    // A group: 5 points on 1 seed, 3 on 1 more, 2 on 2 more, 1 on the last.
    expect(batches.map((trials) => trials.length)).toEqual([10, 6, 8, 2]);
    expect(groups.map(({ best }) => best)).toEqual([1, 3]);
    expect(groups[0].points.map(({ scores }) => scores.length).sort()).toEqual([1, 1, 2, 4, 5]);
  });

  it("does not choose a point that halving dropped, whatever its first seeds said", () => {
    const halving = { start: 1, keep: 0.5 };
    const lucky = (trial: Trial) => (lrOf(trial) < 4 ? 1 : trial.seed === 101 ? 5 : -5);
    const { best, points: tried } = searched({ halving }, lucky).groups[0];
    expect([best, tried[0].scores]).toEqual([2, [1]]);
  });

  describe("at an edge", () => {
    it("goes a step further for every group, until the best stands inside", () => {
      const { groups, batches } = searched({ groups: 2, extend: 5 }, (trial) => peakAt([16, 2][trial.group])(trial));
      expect(batches.map((trials) => trials.map(({ point }) => point.lr))).toEqual([
        expect.any(Array),
        [16, 16, 16, 16],
        [32, 32, 32, 32],
      ]);
      expect(groups.map(({ best }) => best)).toEqual([4, 1]);
      expect(groups.map(({ edges }) => edges)).toEqual([[], []]);
    });

    it("stops after as many steps as it may go, and says so", () => {
      const { groups, batches } = searched({ extend: 2 }, lrOf);
      expect(batches).toHaveLength(3);
      expect(groups[0]).toMatchObject({ best: 5, edges: ["lr"] });
      expect(groups[0].points.map(({ values }) => values.lr)).toEqual([1, 2, 4, 8, 16, 32]);
    });

    it("stops where no configuration is valid, and says so", () => {
      const { groups, batches } = searched({ extend: 9, admits: ({ lr }) => Number(lr) < 20 }, lrOf);
      expect(batches).toHaveLength(2);
      expect(groups[0]).toMatchObject({ best: 4, edges: ["lr"] });
    });

    it("keeps a grid of two axes rectangular", () => {
      const grid = [0.1, 1].flatMap((lr) => [2, 4].map((batch): Point => ({ lr, batch })));
      const high = ({ point }: Trial) => Number(point.lr) + Number(point.batch);
      const [{ points: tried, edges }] = searched({ points: grid, extend: 1 }, high).groups;
      expect(tried).toHaveLength(9);
      expect(tried.slice(4).map(({ values }) => [values.lr, values.batch])).toEqual([
        [10, 2],
        [10, 4],
        [0.1, 8],
        [1, 8],
        [10, 8],
      ]);
      expect(edges).toEqual(["lr", "batch"]);
    });
  });
});
