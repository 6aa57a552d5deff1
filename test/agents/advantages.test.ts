import { describe, expect, it } from "vitest";
import { generalisedAdvantages, normalise } from "../../agents/advantages.js";

const bytes = (...values: number[]) => Uint8Array.from(values);
const numbers = (...values: number[]) => Float64Array.from(values);

describe("generalised advantage estimation", () => {
  it("agrees with an example worked by hand, with a termination and a truncation", () => {
    // One copy, γ = 1/2, λ = 1/2: step 0 goes on, 1 terminates, 2 goes on, 3 is truncated, 4 is the rollout's last.
    const advantages = new Float64Array(5);
    generalisedAdvantages(
      {
        copies: 1,
        rewards: numbers(1, 2, 3, 4, 5),
        values: numbers(10, 20, 30, 40, 50),
        nextValues: numbers(20, Number.NaN, 40, 100, 60),
        terminated: bytes(0, 1, 0, 0, 0),
        truncated: bytes(0, 0, 0, 1, 0),
      },
      0.5,
      0.5,
      advantages,
    );
    // δ₄ = 5 + 30 − 50 = −15.
    // δ₃ = 4 + 50 − 40 = 14, nothing from the next episode.
    // δ₂ = 3 + 20 − 30 = −7, plus a quarter of 14.
    // δ₁ = 2 − 20 = −18: no future at all.
    // δ₀ = 1 + 10 − 10 = 1, minus a quarter of 18.
    expect([...advantages]).toEqual([-3.5, -18, -3.5, 14, -15]);
  });

  it("keeps interleaved copies apart", () => {
    const advantages = new Float64Array(4);
    generalisedAdvantages(
      {
        copies: 2,
        rewards: numbers(1, 10, 1, 10),
        values: numbers(0, 0, 0, 0),
        nextValues: numbers(0, 0, 0, 0),
        terminated: bytes(0, 0, 0, 0),
        truncated: bytes(0, 0, 0, 0),
      },
      1,
      1,
      advantages,
    );
    expect([...advantages]).toEqual([2, 20, 1, 10]);
  });

  it("is the discounted return minus the value for λ = 1, and the one-step error for λ = 0", () => {
    const rewards = numbers(1, -2, 0.5, 3);
    const values = numbers(0.3, 0.1, -0.4, 2);
    const nextValues = numbers(0.1, -0.4, 2, 1.5);
    const never = new Uint8Array(4);
    const trajectories = { copies: 1, rewards, values, nextValues, terminated: never, truncated: never };
    const advantages = new Float64Array(4);
    generalisedAdvantages(trajectories, 0.9, 1, advantages);
    let future = 1.5;
    for (let t = 3; t >= 0; t--) {
      future = rewards[t] + 0.9 * future;
      expect(advantages[t]).toBeCloseTo(future - values[t], 12);
    }
    generalisedAdvantages(trajectories, 0.9, 0, advantages);
    for (let t = 0; t < 4; t++) expect(advantages[t]).toBe(rewards[t] + 0.9 * nextValues[t] - values[t]);
  });
});

describe("the normalisation of advantages", () => {
  it("gives mean 0 and deviation 1, and zeros where all are equal", () => {
    const numbers = new Float64Array([1, 2, 3, 6]);
    normalise(numbers);
    expect(numbers[0] + numbers[1] + numbers[2] + numbers[3]).toBeCloseTo(0, 12);
    expect(numbers.reduce((sum, x) => sum + x * x, 0) / 4).toBeCloseTo(1, 6);
    const equal = new Float64Array(3).fill(0.1);
    normalise(equal);
    for (const x of equal) expect(x).toBeCloseTo(0, 6);
  });
});
