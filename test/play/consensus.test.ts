import { describe, expect, it } from "vitest";
import { bilinear, consensus, dirac, type Game, play } from "../../gan/index.js";
import { gameTask } from "../../gan/task.js";
import { createOptimizer } from "../../src/optim/index.js";
import { record } from "../record.js";

describe("consensus optimisation", () => {
  it("adds γ Gᵀ g to the gradients: on the bilinear game γ c² of each player's own", () => {
    const game = consensus(bilinear({ name: "bilinear", coupling: 2, dissipation: 0, start: [1, 0.5] }), 0.3);
    const loss = game.gradient(0);
    game.gradient(1);
    expect(game.players[0].gradients[0]).toBeCloseTo(2 * 0.5 + 0.3 * 4 * 1, 14);
    expect(game.players[1].gradients[0]).toBeCloseTo(-2 * 1 + 0.3 * 4 * 0.5, 14);
    expect(loss).toBeCloseTo(2 * 0.5 + 0.15 * (1 + 4), 14);
  });

  it.each(["minimax", "nonSaturating", "leastSquares"] as const)(
    "gives each player the gradient of its own loss plus γ/2 |g|²: Dirac-GAN, %s",
    (loss) => {
      const options = { name: "dirac" as const, loss, instanceNoise: 0.7, r1: 0.2 };
      const at = (theta: number, psi: number) => consensus(dirac({ ...options, start: [theta, psi] }), 0.4);
      const [theta, psi, h] = [0.6, -0.8, 1e-6];
      const game = at(theta, psi);
      game.gradient(0);
      game.gradient(1);
      const slopeD = (at(theta, psi + h).gradient(0) - at(theta, psi - h).gradient(0)) / (2 * h);
      const slopeG = (at(theta + h, psi).gradient(1) - at(theta - h, psi).gradient(1)) / (2 * h);
      expect(game.players[0].gradients[0]).toBeCloseTo(slopeD, 8);
      expect(game.players[1].gradients[0]).toBeCloseTo(slopeG, 8);
    },
  );

  it("moves the players of the game itself, and keeps what constrains them", () => {
    const own = dirac({ name: "dirac", loss: "wasserstein", weightClip: 0.5, start: [3, 0.4] });
    const sgd = createOptimizer({ name: "sgd", lr: 1 });
    play(consensus(own, 0.1), "simultaneous", [sgd, sgd]).step();
    expect(own.players[0].parameters[0]).toBe(-0.5);
  });

  it("is refused where a game provides no Jacobian", async () => {
    const { jacobian: _, ...silent } = bilinear({ name: "bilinear", coupling: 1, dissipation: 0, start: [1, 1] });
    expect(() => consensus(silent as Game, 1)).toThrow("consensus: the bilinear game provides no Jacobian");
    const run = (game: object) => record(gameTask, { game, optimizer: { name: "sgd" }, consensus: 1, steps: 5 });
    await expect(run({ name: "ring" })).rejects.toThrow(/test: consensus: the ring game provides no Jacobian.*found 1/);
    await expect(run({ name: "dirac", gradientPenalty: {} })).rejects.toThrow(/the dirac game provides no Jacobian/);
  });
});
