import { describe, expect, it } from "vitest";
import { Categorical } from "../../agents/index.js";
import { RandomStream } from "../../src/rng/random-stream.js";

describe("the categorical head", () => {
  it("is the softmax, row by row", () => {
    const head = new Categorical(3).read(new Float32Array([9, 9, 9, 0, Math.log(2), Math.log(5)]), 1);
    for (const [k, p] of [1 / 8, 2 / 8, 5 / 8].entries()) {
      expect(head.probabilities[k]).toBeCloseTo(p, 7);
      expect(head.logProbabilities[k]).toBeCloseTo(Math.log(p), 6);
    }
    expect(head.entropy()).toBeCloseTo((Math.log(8) + 2 * Math.log(4) + 5 * Math.log(8 / 5)) / 8, 7);
    expect(head.read(new Float32Array(3), 0).entropy()).toBeCloseTo(Math.log(3), 14);
  });

  it("neither overflows nor loses a certain choice", () => {
    const head = new Categorical(2).read(new Float32Array([-1e4, 1e4]), 0);
    expect([...head.probabilities]).toEqual([0, 1]);
    expect([...head.logProbabilities]).toEqual([-2e4, 0]);
    expect(head.entropy()).toBe(0);
  });

  it("samples with its probabilities, one draw per sample", () => {
    const head = new Categorical(3).read(new Float32Array([0, Math.log(2), Math.log(5)]), 0);
    const stream = new RandomStream(1, "policy");
    const counts = [0, 0, 0];
    for (let i = 0; i < 8000; i++) counts[head.sample(stream)]++;
    for (const [k, p] of [1 / 8, 2 / 8, 5 / 8].entries()) {
      expect(Math.abs(counts[k] - 8000 * p)).toBeLessThan(4 * Math.sqrt(8000 * p * (1 - p)));
    }
    const untouched = new RandomStream(1, "policy");
    for (let i = 0; i < 8000; i++) untouched.uniform();
    expect(stream.uniform()).toBe(untouched.uniform());
  });
});
