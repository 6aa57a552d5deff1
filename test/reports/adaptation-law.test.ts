import { describe, expect, it } from "vitest";
import { clipping } from "../../reports/adaptation/clipping.js";
import { type Cell, compare, scoreOf } from "../../reports/adaptation/clipping-measures.js";
import { recoveries } from "../../reports/adaptation/law-measures.js";

describe("the score after a change", () => {
  it("is the mean over equal windows, in which episodes count alike and an empty window counts 0", () => {
    const step = [50, 105, 110, 115, 199, 200];
    const length = [999, 10, 20, 30, 500, 100];
    // Windows of 10 steps from 100 on: (10), (20, 30), 0 …, (500, 100).
    expect(scoreOf({ step, length }, 100, 200)).toBeCloseTo((10 + 25 + 300) / 10, 12);
  });
});

const cell = (rho: number, clip: number | null, scores: number[]): Cell => ({
  ...{ rho, clip, scores, lr: 0.001, change: "force flips", clipped: 0 },
});
const spread = (centre: number) => [-3, 1, 4, -2, 0, 2, -1, -1].map((deviation) => centre + deviation);

describe("the comparison of memories", () => {
  it("takes the longest minus the shortest memory, and Holm's p over all", () => {
    const [lower, higher] = compare([
      cell(0.9, null, spread(300)),
      cell(0.99, null, spread(1)),
      cell(0.999, null, spread(100).toReversed()),
      cell(0.9, 0.5, spread(300)),
      cell(0.999, 0.5, spread(301).toReversed()),
    ]);
    expect(lower.difference.estimate).toBeCloseTo(-200, 12);
    expect(higher.difference.estimate).toBeCloseTo(1, 12);
    expect(lower.p).toBeLessThan(1e-6);
    expect(higher.p).toBeGreaterThan(0.05);
    expect(lower.paired).toBe(false);
  });

  it("pairs seeds only where their scores go together", () => {
    const [paired] = compare([cell(0.9, null, spread(300)), cell(0.999, null, spread(200))]);
    expect(paired.paired).toBe(true);
    expect(paired.correlation).toBeCloseTo(1, 12);
  });
});

describe("the recovery of a bandit's learners", () => {
  it("is counted from the move of the target, with the median's interval by ranks", async () => {
    const share = (step: number) => Math.max(0, Math.min(1, (step - 60) / 100));
    const recovered = Float64Array.from({ length: 300 }, (_, i) => share(i + 1));
    const step = Int32Array.from(recovered, (_, i) => i + 1);
    const run = {
      table: async () => ({ step, recovered, distance: recovered, normalisedStep: recovered }),
      config: {
        problem: { batch: 16, deviation: 1, replicates: 400, scaleAt: 20, scale: 1, delay: 10, move: 3, within: 0.5 },
        optimizer: { rho: 0.9, lr: 0.02, onChange: "keep" },
      },
    };
    const [found] = await recoveries([run] as never);
    expect(found.median).toBe(110 - 30);
    expect([found.low, found.high]).toEqual([110 - 4 - 30 - 0, 115 - 30]);
    expect(found.predicted).toBe(143);
  });
});

describe("the clipping experiment", () => {
  it("reads the experiment of its name", () => expect(clipping.needs).toEqual(["clipping"]));
});
