import { describe, expect, it } from "vitest";
import { createTarget, planeGan, planeGanOptions, play } from "../../../gan/index.js";
import { gameTask } from "../../../gan/task.js";
import { createEngine } from "../../../src/kernels/create.js";
import { createOptimizer } from "../../../src/optim/index.js";
import { RandomStream } from "../../../src/rng/random-stream.js";
import { Streams } from "../../../src/rng/streams.js";
import { record } from "../../record.js";

const batch = 8;
const seed = 3;

function gan(change: object, hidden: number[], slope = 0.2) {
  const options = planeGanOptions({ name: "ring", ...change });
  const streams = new Streams(seed);
  const network = { hidden, activation: "leakyRelu" as const, slope };
  const game = planeGan(options, createTarget(options), createEngine("wasm"), streams, { network, batch });
  return { game, streams, d: game.players[0], g: game.players[1] };
}

const linear = (change: object) => gan(change, []);

describe("a discriminator that is regularised", () => {
  it.each([
    { loss: "minimax" },
    { loss: "wasserstein" },
    { loss: "leastSquares" },
    { loss: "hinge" },
    { loss: "relativistic" },
    { loss: "minimax", unrolled: { steps: 1, length: 0.5 } },
    { loss: "minimax", unrolled: { steps: 3, length: 0.5 } },
    { loss: "wasserstein", unrolled: { steps: 2, length: 0.2 }, instanceNoise: 0.2 },
    { loss: "relativistic", r1: 0.3, r2: 0.3, instanceNoise: 0.2 },
    { r1: 0.7 },
    { r2: 0.7 },
    { r1: 0.4, r2: 0.8 },
    { gradientPenalty: { gamma: 2 } },
    { instanceNoise: 0.5 },
    { spectralNormalization: true },
    { loss: "wasserstein", gradientPenalty: {} },
    { loss: "hinge", spectralNormalization: true, r1: 0.5, instanceNoise: 0.1 },
    { r1: 0.3, r2: 0.3, gradientPenalty: { gamma: 1, target: 0.5 }, spectralNormalization: true },
  ])("has the gradient of the loss that it tells, as has the generator: %j", (change) => {
    // Slope 1 makes the network linear in its input but not in its weights: differences meet no corner.
    const { game, streams } = gan(change, [6, 5], 1);
    // The power iteration, where there is one, has to be at its end.
    for (let i = 0; i < 100; i++) game.gradient(0);
    for (const which of [0, 1] as const) {
      const { parameters, gradients } = game.players[which];
      const before = streams.save();
      const loss = () => {
        streams.restore(before);
        return game.gradient(which);
      };
      loss();
      const written = gradients.slice();
      const scale = Math.max(...written.map(Math.abs));
      const h = 1 / 512;
      for (let i = 0; i < parameters.length; i++) {
        const value = parameters[i];
        parameters[i] = value + h;
        const up = loss();
        parameters[i] = value - h;
        const down = loss();
        parameters[i] = value;
        // Losses round by 1e-7 of the logits' size; the third derivative adds h²/6.
        expect(Math.abs((up - down) / (2 * h) - written[i])).toBeLessThan(1e-3 * Math.max(scale, 0.5));
      }
      expect(scale).toBeGreaterThan(1e-3);
    }
  });

  it.each([
    [{ r1: 0.6 }, (w: number) => 0.3 * w * w, () => 0.6],
    [{ r2: 0.4 }, (w: number) => 0.2 * w * w, () => 0.4],
    [{ r1: 0.6, r2: 0.4 }, (w: number) => 0.5 * w * w, () => 1],
    [
      { gradientPenalty: { gamma: 3, target: 0.25 } },
      (w: number) => 1.5 * (w - 0.25) * (w - 0.25),
      (w: number) => (3 * (w - 0.25)) / w,
    ],
  ])("pays by its slope alone where it is linear: %j", (change, price, factor) => {
    const [plain, regularised] = [linear({}), linear(change)];
    const [before, after] = [plain.game.gradient(0), regularised.game.gradient(0)];
    // D(x) = w·x + b: two weights, then the bias.
    const [w0, w1] = plain.d.parameters;
    const length = Math.hypot(w0, w1);
    expect(after - before).toBeCloseTo(price(length), 6);
    const added = regularised.d.gradients.map((value, i) => value - plain.d.gradients[i]);
    expect(added[0]).toBeCloseTo(factor(length) * w0, 5);
    expect(added[1]).toBeCloseTo(factor(length) * w1, 5);
    expect([...added.subarray(2)].every((value) => Math.abs(value) < 1e-6)).toBe(true);
  });

  it("sees every point with noise of its own, real and fake", () => {
    const deviation = 0.5;
    const [plain, noisy] = [0, deviation].map((instanceNoise) => linear({ loss: "wasserstein", instanceNoise }));
    plain.game.gradient(0);
    noisy.game.gradient(0);
    // The gradient of a linear critic is mean(fake) − mean(real): what is added is the noise's own means.
    const noise = new Float64Array(4 * batch);
    new RandomStream(seed, "noise").fillNormal(noise, 0, deviation);
    const added = [0, 1].map((axis) => {
      let expected = 0;
      for (let row = 0; row < batch; row++) expected += noise[2 * (batch + row) + axis] - noise[2 * row + axis];
      expect(noisy.d.gradients[axis] - plain.d.gradients[axis]).toBeCloseTo(expected / batch, 5);
      return expected;
    });
    expect(Math.hypot(...added)).toBeGreaterThan(0.01);
  });

  it("weighs a linear critic's direction alone under spectral normalisation: D(x) = w/|w| · x + b", () => {
    const { game, d } = linear({ loss: "wasserstein", spectralNormalization: true });
    const raw = linear({ loss: "wasserstein" });
    const [loss, plain] = [game.gradient(0), raw.game.gradient(0)];
    const [w0, w1] = d.parameters;
    // The bias is 0, so the loss is linear in w.
    expect(loss).toBeCloseTo(plain / Math.hypot(w0, w1), 5);
    // The loss does not change along w.
    expect(d.gradients[0] * w0 + d.gradients[1] * w1).toBeCloseTo(0, 5);
    expect(Math.hypot(d.gradients[0], d.gradients[1])).toBeGreaterThan(0.01);
  });

  it("stays within its clip after every move, and its generator does not", () => {
    const { game, d, g } = gan({ loss: "wasserstein", weightClip: 0.05 }, [8, 8]);
    const rule = createOptimizer({ name: "rmsprop", lr: 0.01 });
    const round = play(game, "alternating", [rule, rule]);
    for (let step = 0; step < 5; step++) {
      round.step();
      expect(Math.max(...d.parameters.map(Math.abs))).toBe(Math.fround(0.05));
    }
    expect(Math.max(...g.parameters.map(Math.abs))).toBeGreaterThan(0.05);
  });
});

describe("regularisers in a configuration", () => {
  const config = (game: object, more: object = {}) => ({
    game: { name: "moons", ...game },
    optimizer: { name: "adam" },
    network: { hidden: [8] },
    batch: 16,
    steps: 3,
    ...more,
  });

  it.each([
    [
      config({ r1: 1 }, { network: { activation: "tanh" } }),
      "network.activation: tanh is not piecewise linear, as game.r1",
    ],
    [
      config({ r2: 1 }, { network: { activation: "tanh" } }),
      "network.activation: tanh is not piecewise linear, as game.r2",
    ],
    [
      config({ gradientPenalty: {} }, { discriminator: { activation: "tanh" } }),
      "discriminator.activation: tanh is not piecewise linear, as game.gradientPenalty needs",
    ],
    [config({ weightClip: 0.1, spectralNormalization: true }), "game.weightClip: clipping has no hold on weights"],
    [
      config({ loss: "minimax", unrolled: {}, r1: 1 }),
      "game.r1: game.unrolled looks ahead along the discriminator's plain loss alone",
    ],
    [config({ loss: "minimax", unrolled: {}, gradientPenalty: {} }), "game.gradientPenalty: game.unrolled looks ahead"],
    [
      config({ loss: "minimax", unrolled: {}, spectralNormalization: true }),
      "game.spectralNormalization: game.unrolled looks ahead",
    ],
    [config({ loss: "minimax", unrolled: {}, weightClip: 1 }), "game.weightClip: game.unrolled looks ahead"],
    [config({ unrolled: {} }), "game.loss: game.unrolled needs a zero-sum game; expected minimax or wasserstein"],
    [
      config({ loss: "minimax", unrolled: {} }, { discriminator: { normalization: "layer" } }),
      "discriminator.normalization: a normalised network is not piecewise linear, as game.unrolled needs",
    ],
    [
      config({ loss: "minimax", unrolled: {} }, { network: { activation: "tanh" } }),
      "network.activation: tanh is not piecewise linear, as game.unrolled needs",
    ],
    [config({ weightClip: 0 }), "game.weightClip: expected more than 0, found 0"],
    [
      config({ loss: "wassertein" }),
      'game.loss: expected one of minimax, nonSaturating, wasserstein, leastSquares, hinge, relativistic, found "wassertein"; did you mean "wasserstein"?',
    ],
    [config({ gradientPenalty: { gama: 1 } }), 'game.gradientPenalty: unknown key "gama"; did you mean "gamma"?'],
  ])("are refused where they make no sense (%#)", async (input, message) => {
    await expect(record(gameTask, input)).rejects.toThrow(message);
  });

  it("each make another run", async () => {
    const changes = [
      {},
      { loss: "hinge" },
      { loss: "relativistic" },
      { loss: "minimax", unrolled: { steps: 1 } },
      { loss: "minimax", unrolled: { steps: 2 } },
      { loss: "minimax", unrolled: { steps: 2, length: 0.1 } },
      { r1: 1 },
      { r2: 1 },
      { gradientPenalty: {} },
      { gradientPenalty: { target: 0 } },
      { instanceNoise: 0.1 },
      { weightClip: 0.1 },
      { spectralNormalization: true },
    ];
    const digests = await Promise.all(
      changes.map(async (change) => (await record(gameTask, config(change))).result.parametersSha256),
    );
    expect(new Set(digests).size).toBe(changes.length);
  });

  it("learn: a Wasserstein critic with a gradient penalty brings the moons nearer than they were", async () => {
    const { tables } = await record(
      gameTask,
      config(
        { loss: "wasserstein", gradientPenalty: {} },
        { steps: 400, batch: 64, network: { hidden: [32, 32] }, optimizer: { name: "adam", lr: 0.002, beta1: 0 } },
      ),
    );
    const [first, last] = [tables.quality.slicedWasserstein[0], tables.quality.slicedWasserstein.at(-1) as number];
    expect(last).toBeLessThan(first / 2);
  });
});
