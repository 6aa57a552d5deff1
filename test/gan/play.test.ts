import { describe, expect, it } from "vitest";
import { bilinear, play } from "../../gan/index.js";
import { createOptimizer } from "../../src/optim/index.js";

const game = (dissipation = 0) => bilinear({ name: "bilinear", coupling: 2, dissipation, start: [1, 0.5] });
const sgd = createOptimizer({ name: "sgd", lr: 0.1 });

describe("the play loop", () => {
  it("takes both gradients at the same point when simultaneous", () => {
    const g = game();
    play(g, "simultaneous", [sgd, sgd]).step();
    expect(g.players[0].parameters[0]).toBeCloseTo(1 - 0.1 * 2 * 0.5, 15);
    expect(g.players[1].parameters[0]).toBeCloseTo(0.5 + 0.1 * 2 * 1, 15);
  });

  it("shows the second player the first's new parameters when alternating", () => {
    const g = game();
    play(g, "alternating", [sgd, sgd]).step();
    expect(g.players[0].parameters[0]).toBeCloseTo(0.9, 15);
    expect(g.players[1].parameters[0]).toBeCloseTo(0.5 + 0.1 * 2 * 0.9, 15);
  });

  it("records losses, gradient norms and update norms of the step", () => {
    const g = game(0.5);
    const { record, step } = play(g, "simultaneous", [sgd, sgd]);
    step();
    const value = 2 * 0.5 + 0.25 * (1 - 0.25);
    expect([...record.losses]).toEqual([value, -value]);
    expect(record.gradientNorms[0]).toBeCloseTo(2 * 0.5 + 0.5, 15);
    expect(record.gradientNorms[1]).toBeCloseTo(2 - 0.25, 15);
    expect(record.updateNorms[0]).toBeCloseTo(0.15, 15);
  });

  it("gives each player a state of its own under one optimizer object", () => {
    const g = game();
    const adam = createOptimizer({ name: "adam", lr: 0.1 });
    const round = play(g, "simultaneous", [adam, adam]);
    round.step();
    // Adam's first step has the size of the learning rate, whatever the gradient: so for both players.
    expect(round.record.updateNorms[0]).toBeCloseTo(0.1, 6);
    expect(round.record.updateNorms[1]).toBeCloseTo(0.1, 6);
  });

  it("lets the first player move more often, always before the second", () => {
    for (const order of ["simultaneous", "alternating"] as const) {
      const g = game();
      play(g, order, [sgd, sgd], 3).step();
      // y stays at 0.5 while x moves: three steps of −0.1·2·0.5, the second player sees x before or after the last.
      expect(g.players[0].parameters[0]).toBeCloseTo(1 - 3 * 0.1, 14);
      const seen = order === "simultaneous" ? 0.8 : 0.7;
      expect(g.players[1].parameters[0]).toBeCloseTo(0.5 + 0.1 * 2 * seen, 14);
    }
  });

  it("extrapolates with both players, then moves from where they were", () => {
    const g = game();
    play(g, "extragradient", [sgd, sgd]).step();
    const [ahead, above] = [1 - 0.1 * 2 * 0.5, 0.5 + 0.1 * 2 * 1];
    expect(g.players[0].parameters[0]).toBeCloseTo(1 - 0.1 * 2 * above, 15);
    expect(g.players[1].parameters[0]).toBeCloseTo(0.5 + 0.1 * 2 * ahead, 15);
  });
});
