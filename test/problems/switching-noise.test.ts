import { describe, expect, it } from "vitest";
import { noiseAt, switchingNoise } from "../../src/problems/switching-noise.js";
import { problemTask } from "../../src/problems/task.js";
import { Streams } from "../../src/rng/streams.js";
import { bestTrackingMemory, trackingError } from "../../src/theory/square-tracking.js";
import { record } from "../record.js";

const options = { name: "switchingNoise" as const, low: 1, high: 10, period: 8, walk: 0, copies: 3 };

describe("noise that switches", () => {
  it("is low in the first half of each period and high in the second", () => {
    expect([1, 4, 5, 8, 9, 13].map((step) => noiseAt(options, step))).toEqual([1, 1, 10, 10, 1, 10]);
  });

  it("signals each switch, and observes the scale of the step that was taken", () => {
    const game = switchingNoise(options, new Streams(1));
    const out = new Float64Array(game.observables.length);
    const seen = [1, 2, 3, 4, 5, 6, 7, 8].map((round) => {
      game.gradient(0);
      const answer = game.afterRound?.(round);
      game.observe(out);
      return [out[1], answer];
    });
    expect(seen.map(([scale]) => scale)).toEqual([1, 1, 1, 1, 10, 10, 10, 10]);
    expect(seen.flatMap(([, answer], i) => (answer === "changed" ? [i + 1] : []))).toEqual([4, 8]);
  });

  it("gives v back as (g/Δθ)², and its logarithm", async () => {
    const optimizer = { name: "rmsprop", lr: 0.5, rho: 0, eps: 0 };
    const { tables } = await record(problemTask, { problem: { ...options, copies: 1 }, optimizer, steps: 1 });
    const { square, squareSpread, logSquare } = tables.metrics;
    // ρ = 0: the step is −η sign g, so that (g/Δθ)² = g²/η².
    expect(squareSpread[0]).toBe(0);
    expect(logSquare[0]).toBeCloseTo(Math.log(square[0]), 12);
  });
});

describe("the law of tracking", () => {
  it("is the recursion of v's mean and variance over a period", () => {
    const [rho, squares] = [0.8, { low: 1, high: 9, period: 10 }];
    let [mean, variance, sum] = [0, 0, 0];
    for (let step = 0; step < 1000; step++) {
      const s = step % 10 < 5 ? squares.low : squares.high;
      mean = rho * mean + (1 - rho) * s;
      variance = rho * rho * variance + (1 - rho) * (1 - rho) * 2 * s * s;
      if (step >= 990) sum += (mean - s) * (mean - s) + variance;
    }
    expect(trackingError(rho, squares)).toBeCloseTo(Math.sqrt(sum / 10) / 5, 10);
  });

  it("is least near √(period/2) for long periods", () => {
    const squares = { low: 1, high: 100, period: 1_000_000 };
    const memory = bestTrackingMemory(squares);
    expect(memory).toBeCloseTo(Math.sqrt(500_000) * (Math.sqrt(10_001) / 99), 9);
    const error = (factor: number) => trackingError(1 - 1 / (memory * factor), squares);
    expect(error(1)).toBeLessThan(error(1.1));
    expect(error(1)).toBeLessThan(error(0.9));
  });
});
