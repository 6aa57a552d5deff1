import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  bilinear,
  checkGame,
  consensus,
  cyclic,
  dirac,
  type Game,
  games,
  gaussian,
  matchingPennies,
  matrix,
  withGradientNoise,
} from "../../gan/index.js";
import { targets } from "../../gan/targets/index.js";
import { gameTask } from "../../gan/task.js";
import { at, jacobianAt, sizeOf } from "../../src/play/game.js";
import { Streams } from "../../src/rng/streams.js";
import { consensusJacobian } from "../../src/theory/flow.js";
import { record } from "../record.js";
import { temporaryFolders } from "../study/temporary-folder.js";

const losses = ["minimax", "nonSaturating", "wasserstein", "leastSquares", "hinge"] as const;

/** Every small game in its variants. */
const variants: Record<string, () => Game> = {
  bilinear: () => bilinear({ name: "bilinear" }),
  "bilinear with dissipation": () => bilinear({ name: "bilinear", coupling: 0.7, dissipation: 0.3 }),
  "matching pennies": () => matchingPennies({ name: "matchingPennies" }),
  "matching pennies with entropy": () => matchingPennies({ name: "matchingPennies", entropy: 0.6 }),
  cyclic: () => cyclic({ name: "cyclic" }),
  "cyclic with dissipation": () => cyclic({ name: "cyclic", coupling: 0.7, dissipation: 0.3 }),
  matrix: () => matrix({ name: "matrix" }, new Streams(1)),
  "matrix with dissipation": () =>
    matrix({ name: "matrix", singularValues: [3, 1, 0.2], dissipation: 0.4 }, new Streams(1)),
  "matrix of normals": () => matrix({ name: "matrix", dimension: 4 }, new Streams(5)),
  ...Object.fromEntries(
    losses.flatMap((loss) => [
      [`dirac ${loss}`, () => dirac({ name: "dirac", loss })],
      [`dirac ${loss}, R1, R2, noise`, () => dirac({ name: "dirac", loss, r1: 0.3, r2: 0.2, instanceNoise: 0.6 })],
      [`gaussian ${loss}`, () => gaussian({ name: "gaussian", loss, mean: -0.7, deviation: 0.8, r1: 0.2 })],
    ]),
  ),
  "dirac WGAN-GP": () => dirac({ name: "dirac", loss: "wasserstein", gradientPenalty: { gamma: 2, target: 0.7 } }),
  "dirac zero-centred penalty": () => dirac({ name: "dirac", gradientPenalty: { gamma: 2, target: 0 } }),
  gaussian: () => gaussian({ name: "gaussian" }),
};

describe.each(Object.entries(variants))("the small game %s", (name, make) => {
  it("has gradients and a Jacobian that agree with differences, and equilibria where gradients vanish", () => {
    const kinked = name.includes("hinge");
    const scales = [0.37, -0.52, 0.91, 0.13, -0.28, 0.66, -0.81, 0.45];
    for (const scale of kinked ? [0.3] : [0.3, 1]) {
      const game = make();
      at(
        game,
        scales.slice(0, sizeOf(game)).map((value) => scale * value),
        () => checkGame(game),
      );
    }
  });

  it("draws nothing: it plays the same twice, and gradients depend on parameters alone", () => {
    const [a, b] = [make(), make()];
    for (const player of [0, 1, 0] as const) {
      expect(a.gradient(player)).toBe(b.gradient(player));
      expect(a.players[player].gradients).toEqual(b.players[player].gradients);
    }
    const kept = a.players[0].gradients.slice();
    a.gradient(1);
    a.gradient(0);
    expect(a.players[0].gradients).toEqual(kept);
  });

  it("says it is linear only where its gradients are", () => {
    const game = make();
    const size = sizeOf(game);
    const field = (point: number[]) =>
      at(game, point, () => {
        game.players.forEach((_, player) => {
          game.gradient(player);
        });
        return game.players.flatMap(({ gradients }) => [...gradients]);
      });
    const point = Array.from({ length: size }, (_, i) => (i % 2 === 0 ? 1 : -1) * (0.4 + 0.3 * i));
    const [one, three] = [field(point), field(point.map((value) => 3 * value))];
    const worst = Math.max(...one.map((gradient, i) => Math.abs(3 * gradient - three[i])));
    expect(worst < 1e-9).toBe(game.linear);
  });
});

const small = { optimizer: { name: "sgd", lr: 0.01 }, steps: 20 };
const network = { network: { hidden: [8, 8] }, batch: 16 };

const newFolder = temporaryFolders();

describe.each(Object.keys(games).filter((name) => name !== "custom"))("the registered game %s", (name) => {
  const ofNetworks = targets.some(({ schema }) => schema.shape.name.value === name);
  const configured = () => {
    const file = join(newFolder(), "points.csv");
    writeFileSync(file, "x,y\n0,1\n1,0\n-1,0.5\n");
    const game = name === "points" ? { name, file } : { name };
    return { game, ...small, ...(ofNetworks ? network : {}) };
  };

  it("plays with its defaults and writes every observable at every step", async () => {
    const { result, tables } = await record(gameTask, configured());
    expect(result.outcome.kind).toBe("completed");
    for (const column of Object.values(tables.metrics)) {
      expect(column.length).toBe(20);
      expect(column.every(Number.isFinite)).toBe(true);
    }
    expect(Object.keys(result.summary)).toEqual(expect.arrayContaining(["measured", "predicted"]));
  });

  it("gives the same bits for the same seed, also with noise", async () => {
    const noisy = { ...configured(), ...(ofNetworks ? {} : { gradientNoise: 0.1 }) };
    const [a, b, c] = [
      await record(gameTask, noisy, 3),
      await record(gameTask, noisy, 3),
      await record(gameTask, noisy, 4),
    ];
    expect(a.tables).toEqual(b.tables);
    expect(a.result).toEqual(b.result);
    expect(a.result.parametersSha256).not.toBe(c.result.parametersSha256);
  });
});

describe("the wrappers of games", () => {
  it("consensus gives gradients of the losses that it tells, on every game with a Jacobian", () => {
    for (const [name, make] of Object.entries(variants)) {
      if (make().jacobian === undefined || name.includes("hinge")) continue;
      const game = consensus(make(), 0.3);
      const point = Array.from({ length: sizeOf(game) }, (_, i) => 0.5 * Math.cos(2 * i + 1));
      at(game, point, () => checkGame(game));
      for (const equilibrium of game.equilibria ?? []) {
        // Near an equilibrium the field is the predicted Jacobian's.
        const expected = consensusJacobian(jacobianAt(make(), [...equilibrium]) as number[][], 0.3);
        const moved = equilibrium.map((value, i) => value + (i === 0 ? 1e-6 : 0));
        at(game, moved, () => game.players.map((_, player) => game.gradient(player)));
        game.players
          .flatMap(({ gradients }) => [...gradients])
          .forEach((gradient, i) => {
            expect(Math.abs(gradient / 1e-6 - expected[i][0])).toBeLessThan(1e-4);
          });
      }
    }
  });

  it("gradient noise has its deviation and a stream for each player", () => {
    const draw = (order: readonly (0 | 1)[]) => {
      const game = withGradientNoise(matrix({ name: "matrix" }, new Streams(2)), 0.5, new Streams(2));
      return order.map((player) => {
        game.gradient(player);
        return [...game.players[player].gradients];
      });
    };
    // What a player sees does not depend on when the other looks.
    expect(draw([0, 1, 0])[2]).toEqual(draw([0, 0])[1]);
    const many = draw(new Array(4000).fill(0)).flat();
    const squares = many.map((value, i) => (value - [1, 0.5][i % 2]) ** 2);
    expect(Math.sqrt(squares.reduce((a, b) => a + b) / squares.length)).toBeCloseTo(0.5, 1);
  });
});

describe("checkGame", () => {
  const broken = (change: (game: Game) => object) => {
    const game = bilinear({ name: "bilinear" });
    return { ...game, ...change(game) } as Game;
  };
  it.each([
    [
      "a wrong gradient",
      (game: Game) => ({
        jacobian: undefined,
        gradient(player: 0 | 1) {
          const loss = game.gradient(player);
          game.players[1].gradients[0] *= -1;
          return loss;
        },
      }),
      "the bilinear game: gradient 0 of y: expected -1",
    ],
    [
      "a wrong Jacobian",
      () => ({ jacobian: (out: Float64Array) => out.set([0, 1, 1, 0]) }),
      "jacobian, row 1, column 0: expected -1",
    ],
    [
      "a wrong equilibrium",
      () => ({
        equilibria: [
          [0, 0],
          [1, 0],
        ],
      }),
      "equilibria.1: expected all gradients to vanish",
    ],
    [
      "an equilibrium of another size",
      () => ({ equilibria: [[0]] }),
      "equilibria.0: expected 2 finite numbers, found [0]",
    ],
    [
      "a Jacobian with a hole",
      () => ({ jacobian: (out: Float64Array) => out.set([0, 1, -1]) }),
      "row 1, column 1 is none",
    ],
    [
      "an observable that is not written",
      () => ({ observables: ["x", "y", "z"] }),
      'observe: expected 3 numbers; "z" is none',
    ],
    ["a plane of another size", () => ({ plane: [[0, 1]] }), "plane: expected 2 × 2 finite numbers, found [[0,1]]"],
    ["one observable", () => ({ observables: ["x"] }), "observables: expected at least two names"],
    ["an observable named as a column", () => ({ observables: ["x", "xLoss"] }), 'the name "xLoss" is used twice'],
    ["no player", () => ({ players: [] }), "players: expected at least 1, found none"],
    ["one name for two", (game: Game) => ({ players: [game.players[0], game.players[0]] }), 'found "x" twice'],
    [
      "gradients of another length",
      (game: Game) => ({ players: [game.players[0], { ...game.players[1], gradients: new Float64Array(2) }] }),
      "players.1.gradients: expected a Float64Array or Float32Array of length 1",
    ],
    [
      "plain arrays",
      (game: Game) => ({ players: [{ ...game.players[0], parameters: [1] }, game.players[1]] }),
      "players.0.parameters: expected a Float64Array",
    ],
    ["no name", () => ({ name: undefined }), "name: expected a string, found undefined"],
    [
      "no functions",
      () => ({ observe: undefined }),
      "expected a game: an object with name, players, observables and the functions",
    ],
  ])("finds %s", (_, change, message) => {
    expect(() => checkGame(broken(change))).toThrow(message);
  });
});
