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
      play(g, order, [sgd, sgd], { moves: [3] }).step();
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

  it("calls both players back together every k steps, by lookahead", () => {
    const g = game();
    const plain = game();
    const [round, free] = [
      play(g, "simultaneous", [sgd, sgd], { lookahead: { every: 2, share: 0.25 } }),
      play(plain, "simultaneous", [sgd, sgd]),
    ];
    const positions = ({ players }: typeof g) => players.map(({ parameters }) => parameters[0]);
    const start = positions(g);
    for (let step = 1; step <= 2; step++) {
      round.step();
      free.step();
      if (step === 1) expect(positions(g)).toEqual(positions(plain));
    }
    const kept = start.map((from, i) => from + 0.25 * (positions(plain)[i] - from));
    expect(positions(g)).toEqual(kept);
    // The next two steps start from there.
    round.step();
    expect(positions(g)[0]).toBeCloseTo(kept[0] - 0.1 * 2 * kept[1], 15);
  });

  it("keeps what optimizers remember through a call back", () => {
    const g = game();
    const ball = createOptimizer({ name: "momentum", lr: 0.1, momentum: 0.5 });
    const round = play(g, "simultaneous", [ball, ball], { lookahead: { every: 1, share: 0.5 } });
    round.step();
    const [x, y] = g.players.map(({ parameters }) => parameters[0]);
    expect(x).toBeCloseTo(1 - 0.5 * 0.1 * 1, 15);
    round.step();
    expect(g.players[0].parameters[0]).toBeCloseTo(x - 0.5 * 0.1 * (2 * y + 0.5 * 1), 15);
  });

  it("brings a player back to where it may be after every move, a call back's included", () => {
    const g = game();
    const calls: number[] = [];
    g.constrain = (player) => {
      calls.push(player);
      const { parameters } = g.players[player];
      parameters[0] = Math.max(-0.9, Math.min(0.9, parameters[0]));
    };
    const round = play(g, "alternating", [sgd, sgd], { moves: [2], lookahead: { every: 2, share: 1 } });
    round.step();
    expect(calls).toEqual([0, 0, 1]);
    expect(g.players[0].parameters[0]).toBeLessThanOrEqual(0.9);
    round.step();
    expect(calls).toEqual([0, 0, 1, 0, 0, 1, 0, 1]);
  });
});
