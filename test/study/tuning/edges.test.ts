import { describe, expect, it } from "vitest";
import { edgesAt, pointsBeyond } from "../../../src/study/tuning/edges.js";

const on = (values: readonly (number | string | number[])[]) => values.map((lr) => ({ lr }));
const beyond = (values: readonly number[], side: "low" | "high") =>
  pointsBeyond(on(values), { path: "lr", side }).map(({ lr }) => lr);

describe("a step beyond an edge", () => {
  it("is geometric and keeps the pattern of the steps before it", () => {
    expect(beyond([1, 2, 4], "high")).toEqual([8]);
    expect(beyond([0.001, 0.003, 0.01], "high")).toEqual([0.03]);
    expect(beyond([0.0003, 0.001, 0.003, 0.01], "low")).toEqual([0.0001]);
    expect(beyond([0.1, 0.01], "low")).toEqual([0.001]);
  });

  it("is none among values that are not all positive, and among words", () => {
    expect(beyond([0, 1, 2], "high")).toEqual([]);
    expect(pointsBeyond(on(["a", "b"]), { path: "lr", side: "high" })).toEqual([]);
  });
});

describe("the edges of a point", () => {
  it("are those of numeric axes with several values, in whatever order they were written", () => {
    expect(edgesAt(on([4, 1, 2]), { lr: 4 })).toEqual([{ path: "lr", side: "high" }]);
    expect(edgesAt(on([4, 1, 2]), { lr: 1 })).toEqual([{ path: "lr", side: "low" }]);
    expect(edgesAt(on([4, 1, 2]), { lr: 2 })).toEqual([]);
    expect(edgesAt(on([4]), { lr: 4 })).toEqual([]);
    expect(edgesAt(on(["a", "b"]), { lr: "a" })).toEqual([]);
    expect(edgesAt(on([[64], [64, 64]]), { lr: [64] })).toEqual([]);
  });
});
