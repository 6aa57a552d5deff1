import { describe, expect, it } from "vitest";
import { createOptimizer } from "../../src/optim/index.js";
import { checkGame } from "../../src/play/check-game.js";
import { consensus } from "../../src/play/consensus.js";
import { field, type Game, nearestEquilibrium, offsetsOf, sizeOf, wrapGame } from "../../src/play/game.js";
import { withGradientNoise } from "../../src/play/gradient-noise.js";
import { jacobianSpectrum } from "../../src/play/jacobian-spectrum.js";
import { orderNames } from "../../src/play/orders.js";
import { pathAngle } from "../../src/play/path-angle.js";
import { play } from "../../src/play/play.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { Streams } from "../../src/rng/streams.js";

const sgd = createOptimizer({ name: "sgd", lr: 0.1 });

/** Players on a line, each drawn towards the next: Lᵢ = ½ (wᵢ − wᵢ₊₁)², the last towards 0; player i has size i + 1. */
function chase(players: number): Game {
  const made = Array.from({ length: players }, (_, i) => ({
    name: `player${i}`,
    parameters: new Float64Array(i + 1).fill(i + 1),
    gradients: new Float64Array(i + 1),
  }));
  const aim = (i: number) => made[i + 1]?.parameters[0] ?? 0;
  return {
    name: "chase",
    players: made,
    gradient(player) {
      const { parameters, gradients } = made[player];
      let loss = 0;
      for (let k = 0; k < parameters.length; k++) {
        gradients[k] = parameters[k] - aim(player);
        loss += 0.5 * gradients[k] * gradients[k];
      }
      return loss;
    },
    observables: ["first", "last"],
    observe(out) {
      out[0] = made[0].parameters[0];
      out[1] = made[players - 1].parameters[0];
    },
    jacobian(out) {
      const [size, offsets] = [sizeOf({ players: made }), offsetsOf({ players: made })];
      out.fill(0);
      for (let i = 0; i < size; i++) out[i * size + i] = 1;
      made.forEach(({ parameters }, player) => {
        if (player + 1 === players) return;
        for (let k = 0; k < parameters.length; k++) out[(offsets[player] + k) * size + offsets[player + 1]] = -1;
      });
    },
    equilibria: [new Array<number>((players * (players + 1)) / 2).fill(0)],
    linear: true,
  };
}

describe.each([1, 2, 3, 5])("a game of %i players", (players) => {
  it("passes the check of games, also under consensus and with noise", () => {
    expect(() => checkGame(chase(players))).not.toThrow();
    expect(() => checkGame(consensus(chase(players), 0.4))).not.toThrow();
    const noisy = withGradientNoise(chase(players), 0.5, new Streams(1));
    noisy.gradient(players - 1);
    expect(noisy.players[players - 1].gradients[0]).not.toBe(chase(players).players[players - 1].parameters[0]);
  });

  it.each(orderNames)("comes to its equilibrium when %s, every player recorded", (order) => {
    const game = chase(players);
    const { record, step } = play(game, order, new Array(players).fill(sgd));
    for (let k = 0; k < 400; k++) step();
    expect(record.losses.length).toBe(players);
    expect(nearestEquilibrium(game)?.distance).toBeLessThan(1e-6);
  });

  it("moves each player as often as asked", () => {
    const game = chase(players);
    const moved = new Array<number>(players).fill(0);
    game.constrain = (player) => {
      moved[player]++;
    };
    const moves = Array.from({ length: players }, (_, player) => 1 + (player % 3));
    for (const order of ["simultaneous", "alternating"] as const) {
      moved.fill(0);
      play(game, order, new Array(players).fill(sgd), { moves }).step();
      expect(moved).toEqual(moves);
    }
  });

  it("has a path angle and a spectrum over all its parameters", () => {
    const game = chase(players);
    const start = new Float64Array(sizeOf(game)).fill(0.5);
    expect(pathAngle(game, start).fieldNorms.every((norm) => norm > 0)).toBe(true);
    const size = sizeOf(game);
    const [leading] = jacobianSpectrum(game, Math.max(2, size), () => {}, new RandomStream(1, "evaluation"));
    // The Jacobian is triangular with ones on its diagonal.
    expect(Math.hypot((leading.re as number) - 1, leading.im as number)).toBeLessThan(0.05);
  });
});

describe("what happens after a round", () => {
  it("is called with the number of the round, and a change is signalled to every optimizer once", () => {
    const rounds: number[] = [];
    const game: Game = {
      ...chase(3),
      afterRound(round) {
        rounds.push(round);
        return round === 2 ? "changed" : "same";
      },
    };
    const signalled: number[] = [];
    const watching = [0, 1, 2].map((player) => ({ ...sgd, change: () => void signalled.push(player) }));
    const { step } = play(game, "alternating", watching);
    step();
    expect(signalled).toEqual([]);
    step();
    step();
    expect(rounds).toEqual([1, 2, 3]);
    expect(signalled).toEqual([0, 1, 2]);
  });

  it("averages clients, as a server does: all are where their mean was", () => {
    const clients = chase(3);
    const game: Game = {
      ...clients,
      players: clients.players.map((player) => ({
        ...player,
        parameters: player.parameters.subarray(0, 1),
        gradients: player.gradients.subarray(0, 1),
      })),
      afterRound() {
        const mean = game.players.reduce((sum, { parameters }) => sum + parameters[0], 0) / 3;
        for (const { parameters } of game.players) parameters[0] = mean;
        return "same";
      },
    };
    play(game, "simultaneous", [sgd, sgd, sgd]).step();
    const [a, b, c] = game.players.map(({ parameters }) => parameters[0]);
    expect([b, c]).toEqual([a, a]);
    // The sum of gradients is w₀ = 1: the mean of (1, 2, 3) has moved by η/3.
    expect(a).toBeCloseTo(2 - 0.1 / 3, 14);
  });
});

describe("a wrapped game", () => {
  it("keeps every member that is not named, of a class with private state too, and reads it anew", () => {
    class Counter {
      #calls = 0;
      readonly name = "counter";
      readonly players = chase(2).players;
      readonly observables = ["calls", "again"];
      linear = true;
      readonly ofTheFuture = "kept";
      gradient(player: number) {
        this.#calls++;
        this.players[player].gradients.fill(1);
        return 0;
      }
      observe(out: Float64Array) {
        out.fill(this.#calls);
      }
    }
    const own = new Counter();
    const wrapped = wrapGame(own, { name: "other", jacobian: undefined });
    field(wrapped, new Float64Array(sizeOf(wrapped)));
    const out = new Float64Array(2);
    wrapped.observe(out);
    expect(out[0]).toBe(2);
    expect(wrapped.name).toBe("other");
    expect(wrapped.ofTheFuture).toBe("kept");
    own.linear = false;
    expect(wrapped.linear).toBe(false);
    expect(own.name).toBe("counter");
  });
});
