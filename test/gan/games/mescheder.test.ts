import { describe, expect, it } from "vitest";
import { gameTask } from "../../../gan/task.js";
import { record } from "../../record.js";

/**
 * The nine methods of Mescheder, Geiger and Nowozin (2018), figures 1 to 3, on the Dirac-GAN: learning rate 0.2, from
 * (1, 1), 500 steps. With each the distance from the equilibrium at the end, simultaneous and alternating: the table of
 * gan/README.md. Those of a loss that only rotates turn for ever, so that theirs depends on where in a turn they end.
 */
const methods: readonly [string, object, object, boolean, number, number][] = [
  ["gradient descent", { loss: "minimax" }, {}, false, 3.35, 1.34],
  ["five steps of the discriminator", { loss: "minimax" }, { firstPlayerSteps: 5 }, false, 3.79, 2.24],
  ["non-saturating", {}, {}, false, 0.64, 0.284],
  ["WGAN with clipping", { loss: "wasserstein", weightClip: 1 }, {}, false, 1.17, 1.02],
  ["WGAN-GP", { loss: "wasserstein", gradientPenalty: {} }, {}, false, 1.71, 1.28],
  ["instance noise", { loss: "minimax", instanceNoise: 1 }, {}, true, 1.46e-10, 7.23e-12],
  ["R1", { loss: "minimax", r1: 1 }, {}, true, 8.47e-21, 2.67e-16],
  ["R2", { loss: "minimax", r2: 1 }, {}, true, 8.47e-21, 2.67e-16],
  ["consensus", { loss: "minimax" }, { consensus: 1 }, true, 1.45e-10, 9.09e-12],
];

describe("the methods of Mescheder et al. on the Dirac-GAN", () => {
  it.each(methods)("%s", async (_, game, more, converges, simultaneous, alternating) => {
    for (const [order, found] of [
      ["simultaneous", simultaneous],
      ["alternating", alternating],
    ] as const) {
      const distance = async (steps: number) => {
        const config = { game: { name: "dirac", ...game }, optimizer: { name: "sgd", lr: 0.2 }, order, steps, ...more };
        return ((await record(gameTask, config)).result.summary.measured as { distance: number }).distance;
      };
      const [half, end] = [await distance(250), await distance(500)];
      expect(Math.abs(end / found - 1)).toBeLessThan(0.02);
      if (converges) {
        // At the flow's rate, −¼ or −½ a unit of time: at least e^−12 in the second half.
        expect(end / half).toBeLessThan(1e-4);
        expect(end).toBeLessThan(1e-9);
      } else {
        expect(end).toBeGreaterThan(0.2);
        expect(end / half).toBeGreaterThan(0.5);
      }
    }
  });
});
