import { describe, expect, it } from "vitest";
import { pointsOf } from "../../../src/study/tuning/points.js";
import { tuneSchema } from "../../../src/study/tuning/schema.js";

const points = (tune: object) => pointsOf(tuneSchema.parse({ metric: "height", ...tune }));
const axes = { lr: { low: 1e-4, high: 1, scale: "logarithmic" }, momentum: { low: 0, high: 0.9 } };

describe("the points of a search", () => {
  it("are a grid's product, the first axis slowest", () => {
    expect(points({ axes: { lr: [1, 2], hidden: [[64], [64, 64]] } })).toEqual([
      { lr: 1, hidden: [64] },
      { lr: 1, hidden: [64, 64] },
      { lr: 2, hidden: [64] },
      { lr: 2, hidden: [64, 64] },
    ]);
  });

  it("are Sobol's within the ranges, on their scales, without the corner at the origin", () => {
    expect(points({ axes, method: "sobol", budget: 3 })).toEqual([
      { lr: 0.01, momentum: 0.45 },
      { lr: 0.1, momentum: 0.225 },
      { lr: 0.001, momentum: 0.675 },
    ]);
  });

  it("are random within the ranges, the same at every call, the first of more", () => {
    const many = points({ axes, method: "random", budget: 400 });
    expect(points({ axes, method: "random", budget: 3 })).toEqual(many.slice(0, 3));
    const below = many.filter(({ lr }) => Number(lr) < 0.01).length;
    expect(below).toBeGreaterThan(150);
    expect(below).toBeLessThan(250);
    for (const { lr, momentum } of many) {
      expect(lr).toBeGreaterThanOrEqual(1e-4);
      expect(lr).toBeLessThanOrEqual(1);
      expect(momentum).toBeLessThanOrEqual(0.9);
    }
  });
});
