import { describe, expect, it } from "vitest";
import { continuousBandit } from "../../src/problems/continuous-bandit.js";
import { problemTask } from "../../src/problems/task.js";
import { Streams } from "../../src/rng/streams.js";
import { squaredGradient, updatesLost, updatesToRecover } from "../../src/theory/bandit-recovery.js";
import { record } from "../record.js";

const options = {
  name: "continuousBandit" as const,
  deviation: 1,
  batch: 16,
  replicates: 20_000,
  scaleAt: 0,
  scale: 0.1,
  delay: 0,
  move: 3,
  within: 0.5,
};

describe("the continuous bandit", () => {
  it.each([1, 16])("estimates the gradient of its loss, with the variance of the closed form, batch %i", (batch) => {
    const game = continuousBandit({ ...options, batch }, new Streams(1));
    const loss = game.gradient(0);
    const { gradients } = game.players[0];
    const mean = Array.from(gradients).reduce((sum, g) => sum + g, 0) / gradients.length;
    const square = Array.from(gradients).reduce((sum, g) => sum + g * g, 0) / gradients.length;
    expect(loss).toBeCloseTo(0.1 * (9 + 1), 12);
    expect(mean / (2 * 0.1 * -3)).toBeCloseTo(1, 1);
    expect(square / squaredGradient(0.1, 3, batch)).toBeCloseTo(1, 1);
  });

  it("rescales the reward first, and moves its target after the delay; only that is signalled", () => {
    const game = continuousBandit({ ...options, replicates: 4, scaleAt: 2, delay: 3 }, new Streams(1));
    const rounds = [1, 2, 3, 4, 5, 6].map((round) => game.afterRound?.(round));
    expect(rounds).toEqual(["same", "same", "same", "same", "changed", "same"]);
  });

  /** Updates from the move until half of the learners have recovered. */
  async function measured(rho: number, scale: number, reset: boolean, delay = 0): Promise<number> {
    const start = 10 / 16;
    const memory = reset
      ? { biasCorrection: true, onChange: "reset" as const }
      : { initialAccumulator: start, biasCorrection: false };
    const { tables } = await record(problemTask, {
      problem: { name: "continuousBandit", scale, delay, replicates: 200 },
      optimizer: { name: "rmsprop", rho, lr: 0.02, eps: 0, ...memory },
      steps: 50 + delay + 3000,
    });
    const at = tables.metrics.recovered.findIndex((share) => share >= 0.5);
    return tables.metrics.step[at] - 50 - delay;
  }

  it.each([
    [0.9, 1, false, 0],
    [0.99, 0.1, false, 0],
    [0.999, 0.01, false, 0],
    [0.99, 10, true, 0],
    [0.999, 0.01, true, 0],
    [0.99, 0.01, false, 400],
  ])("recovers as the mean field says, ρ = %d, reward × %d, reset %s, delay %i", async (rho, scale, reset, delay) => {
    const expected = updatesToRecover({ rho, lr: 0.02, batch: 16, scale, delay, move: 3, within: 0.5, reset });
    const found = await measured(rho, scale, reset, delay);
    expect(Math.abs(found / expected - 1)).toBeLessThan(0.03);
  });
});

describe("the updates lost to a memory", () => {
  it.each([
    [0.9, 0.1],
    [0.99, 0.01],
  ])("are the integral of what the step lacks, ρ = %d, κ = %d", (rho, kappa) => {
    const memory = 1 / (1 - rho);
    let sum = 0;
    const h = memory / 2000;
    for (let s = h / 2; s < 60 * memory; s += h) {
      const kept = Math.exp(-s / memory);
      sum += h * (1 - kappa / Math.sqrt(kept + (1 - kept) * kappa * kappa));
    }
    expect(updatesLost(rho, kappa) / sum).toBeCloseTo(1, 3);
  });
});
