import { describe, expect, it } from "vitest";
import { train } from "./train.js";

describe("A2C with its defaults", () => {
  it.each([1, 2, 3])("reaches a mean return of 400 over its last 100 episodes on CartPole-v1 (seed %d)", (seed) => {
    const { result } = train({}, seed);
    expect(result.outcome).toEqual({ kind: "completed" });
    expect(result.summary.steps).toBeLessThanOrEqual(500_000);
    expect(result.summary.meanReturnLast100).toBeGreaterThanOrEqual(400);
  });
});
