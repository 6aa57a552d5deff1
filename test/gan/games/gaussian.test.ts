import { describe, expect, it } from "vitest";
import { gaussian } from "../../../gan/index.js";
import { gameTask } from "../../../gan/task.js";
import { record } from "../../record.js";

type Fields = Record<"measured" | "predicted", Record<string, number>>;
const run = async (config: object) => {
  const { result, tables } = await record(gameTask, { order: "simultaneous", ...config });
  return { ...(result.summary as unknown as Fields), metrics: tables.metrics };
};

describe("the GAN on one normal distribution", () => {
  it("has the losses of its expectations: ln 4 for a discriminator that cannot tell", () => {
    const game = gaussian({ name: "gaussian" });
    expect(game.gradient(0)).toBeCloseTo(Math.log(4), 14);
    expect(game.gradient(1)).toBeCloseTo(Math.log(2), 14);
    // Least squares with D = w₁ x: E(w x − 1)²/2 on real, E(w f + 1)²/2 on fake ones.
    const square = gaussian({ name: "gaussian", loss: "leastSquares", mean: 2, deviation: 0.5, start: [1.5, -1] });
    square.players[0].parameters[1] = 0.3;
    const moment = (mean: number, deviation: number, target: number) =>
      ((0.3 * mean - target) * (0.3 * mean - target) + 0.09 * deviation * deviation) / 2;
    expect(square.gradient(0)).toBeCloseTo(moment(2, 0.5, 1) + moment(-1, 1.5, -1), 13);
    expect(square.gradient(1)).toBeCloseTo(moment(-1, 1.5, 1), 13);
  });

  it.each(["minimax", "nonSaturating", "leastSquares"])("learns mean and width: %s", async (loss) => {
    const game = { name: "gaussian", loss, r1: 0.1, mean: 1, deviation: 0.5 };
    const { measured, metrics } = await run({ game, optimizer: { name: "sgd", lr: 0.1 }, steps: 20_000 });
    expect(measured.distance).toBeLessThan(1e-3);
    expect(Math.abs(metrics.scale[19_999])).toBeCloseTo(0.5, 3);
    expect(metrics.shift[19_999]).toBeCloseTo(1, 3);
  });

  it("measures around the equilibrium that it ends near, whichever of the two", async () => {
    for (const sign of [1, -1]) {
      const game = { name: "gaussian", mean: 2, deviation: 0.5, start: [sign, 2] };
      const config = { game, order: "simultaneous", optimizer: { name: "sgd", lr: 0.05 }, steps: 2000 };
      const { result } = await record(gameTask, config);
      expect(result.summary.centre).toEqual([sign * 0.5, 2]);
      expect((result.summary.measured as { radius: number }).radius).toBeLessThan(0.2);
    }
  });

  it.each([
    ["simultaneous", { name: "sgd", lr: 0.05 }, {}],
    ["alternating", { name: "momentum", lr: 0.02, momentum: 0.5 }, {}],
    ["extragradient", { name: "sgd", lr: 0.05 }, {}],
    ["alternating", { name: "sgd", lr: 0.05 }, { consensus: 0.5 }],
    ["simultaneous", { name: "sgd", lr: 0.05 }, { firstPlayerSteps: 3 }],
  ])("comes in at the rate of the step's leading eigenvalue: %s, %j, %j", async (order, optimizer, more) => {
    const game = { name: "gaussian", mean: 1, deviation: 0.8, start: [0.85, 1.03] };
    const { metrics, predicted } = await run({ game, order, optimizer, ...more, steps: 3000 });
    expect(predicted.spectralRadius).toBeLessThan(1);
    // The slowest mode is left at last. Over whole half turns the distance of (a, b) falls by its rate alone.
    const distance = (step: number) => Math.hypot(metrics.scale[step] - 0.8, metrics.shift[step] - 1);
    const halfTurn = predicted.period / 2;
    const from = 1000;
    const to = Math.round(from + halfTurn * Math.floor((2999 - from) / halfTurn));
    const rate = Math.log(distance(to) / distance(from)) / (to - from);
    expect(Math.abs(rate / Math.log(predicted.spectralRadius) - 1)).toBeLessThan(0.02);
  });
});
