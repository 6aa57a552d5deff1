import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { createTarget, type Game, planeGan, planeGanOptions } from "../../gan/index.js";
import { gameTask } from "../../gan/task.js";
import { createEngine } from "../../src/kernels/create.js";
import { jacobianSpectrum } from "../../src/play/jacobian-spectrum.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { Streams } from "../../src/rng/streams.js";
import { record } from "../record.js";

const stream = () => new RandomStream(1, "evaluation/spectrum");

type Point = { re: number; im: number };
const byModulus = (a: Point, b: Point) => Math.hypot(b.re, b.im) - Math.hypot(a.re, a.im) || b.im - a.im;

function eigenvalues(matrix: Matrix): Point[] {
  const { realEigenvalues, imaginaryEigenvalues } = new EigenvalueDecomposition(matrix);
  return realEigenvalues.map((re, i) => ({ re, im: imaginaryEigenvalues[i] })).sort(byModulus);
}

/** v(w) = A w + (w³ − 3 w₀² w)/10, whose Jacobian at w = w₀ is A: A alone would not show what a step too long does. */
function cubicGame(size: number, vector: (length: number) => Float32Array | Float64Array) {
  const random = new RandomStream(2, "data");
  const matrix = Matrix.zeros(2 * size, 2 * size);
  for (let i = 0; i < 2 * size; i++) for (let j = 0; j < 2 * size; j++) matrix.set(i, j, random.normal());
  const players = (["first", "second"] as const).map((name) => ({
    name,
    parameters: vector(size),
    gradients: vector(size),
  }));
  for (const { parameters } of players) random.fillNormal(parameters);
  const at = players.flatMap(({ parameters }) => [...parameters]);
  const game: Game = {
    name: "cubic",
    players: [players[0], players[1]],
    gradient(player) {
      const w = players.flatMap(({ parameters }) => [...parameters]);
      for (let i = 0; i < size; i++) {
        const row = player * size + i;
        const bend = w[row] * w[row] * w[row] - 3 * at[row] * at[row] * w[row];
        players[player].gradients[i] = matrix.getRow(row).reduce((sum, a, j) => sum + a * w[j], 0) + bend / 10;
      }
      return 0;
    },
    observables: [],
    observe: () => {},
  };
  return { game, matrix };
}

describe("the spectrum of a game's Jacobian", () => {
  it.each([
    ["float64", (length: number) => new Float64Array(length), 1e-8],
    ["float32", (length: number) => new Float32Array(length), 2e-3],
  ] as const)(
    "is the known one of a game of twelve parameters in %s, which stay as they are",
    (_, vector, tolerance) => {
      const { game, matrix } = cubicGame(6, vector);
      const before = game.players.map(({ parameters }) => parameters.slice());
      const found = jacobianSpectrum(game, 20, () => {}, stream());
      expect(found).toHaveLength(12);
      const exact = eigenvalues(matrix);
      for (const { re, im } of exact) {
        const nearest = Math.min(...found.map((value) => Math.hypot(value.re - re, value.im - im)));
        expect(nearest).toBeLessThan(tolerance * Math.hypot(exact[0].re, exact[0].im));
      }
      expect(game.players.map(({ parameters }) => parameters)).toEqual(before);
    },
  );

  it("of a GAN is that of its whole Jacobian, column by column", () => {
    const options = planeGanOptions({ name: "ring" });
    const streams = new Streams(3);
    const network = { hidden: [6], activation: "tanh" as const };
    const game = planeGan(options, createTarget(options), createEngine("wasm"), streams, { network, batch: 64 });
    const before = streams.save();
    const rewind = () => streams.restore(before);
    const found = jacobianSpectrum(game, 12, rewind, stream());

    const [d, g] = game.players;
    const size = d.parameters.length + g.parameters.length;
    const whole = Matrix.zeros(size, size);
    const field = () => {
      rewind();
      game.gradient(0);
      game.gradient(1);
      return [...d.gradients, ...g.gradients];
    };
    const h = 1 / 128;
    for (let j = 0; j < size; j++) {
      const [vector, i] = j < d.parameters.length ? [d.parameters, j] : [g.parameters, j - d.parameters.length];
      const value = vector[i];
      vector[i] = value + h;
      const up = field();
      vector[i] = value - h;
      const down = field();
      vector[i] = value;
      up.forEach((above, k) => {
        whole.set(k, j, (above - down[k]) / (2 * h));
      });
    }
    const [exact] = eigenvalues(whole);
    expect(Math.hypot(found[0].re - exact.re, found[0].im - exact.im)).toBeLessThan(
      0.01 * Math.hypot(exact.re, exact.im),
    );
    expect(found[0].residual).toBeLessThan(0.01 * Math.hypot(exact.re, exact.im));
  });
});

describe("a run's spectrum", () => {
  const measured = async (config: object) => (await record(gameTask, config)).result.summary.measured;
  const sgd = { optimizer: { name: "sgd", lr: 0.01 }, steps: 20 };

  it("of the bilinear game is γ ± ic, of the Dirac-GAN that of its flow", async () => {
    const bilinear = { name: "bilinear", coupling: 0.8, dissipation: 0.3 };
    expect(await measured({ game: bilinear, ...sgd, spectrum: {} })).toMatchObject({
      jacobianReal: expect.closeTo(0.3, 8),
      jacobianImaginary: expect.closeTo(0.8, 8),
      spectrum: { imaginary: [expect.closeTo(0.8, 8), expect.closeTo(-0.8, 8)] },
    });
    // −γ/2 ± √(γ²/4 − ¼) of the flow, at the equilibrium.
    const dirac = { name: "dirac", r1: 0.6, start: [0, 0] };
    expect(await measured({ game: dirac, ...sgd, spectrum: {} })).toMatchObject({
      jacobianReal: expect.closeTo(0.3, 8),
      jacobianImaginary: expect.closeTo(0.4, 8),
    });
  });

  it("is there only when asked for, changes no run, and is null after a divergence", async () => {
    const config = {
      game: { name: "moons" },
      network: { hidden: [8] },
      batch: 32,
      steps: 5,
      optimizer: { name: "adam" },
      averaging: {},
    };
    const [plain, asked] = [
      await record(gameTask, config),
      await record(gameTask, { ...config, spectrum: { vectors: 6 } }),
    ];
    expect(plain.result.summary.measured).not.toHaveProperty("spectrum");
    expect(asked.result.parametersSha256).toBe(plain.result.parametersSha256);
    expect(asked.tables).toEqual(plain.tables);
    const { spectrum } = asked.result.summary.measured as { spectrum: Record<string, number[]> };
    expect([spectrum.real.length, spectrum.imaginary.length, spectrum.residual.length]).toEqual([6, 6, 6]);
    const again = await record(gameTask, { ...config, spectrum: { vectors: 6 } });
    expect(again.result.summary).toEqual(asked.result.summary);

    await expect(record(gameTask, { ...config, spectrum: { vectors: 501 } })).rejects.toThrow(
      "spectrum.vectors: expected at most 500, found 501",
    );
    const broken = { ...config, optimizer: { name: "sgd", lr: 1e30 }, spectrum: {} };
    expect(await measured(broken)).toMatchObject({ jacobianReal: null, spectrum: { real: [] } });
  });
});
