import { describe, expect, it } from "vitest";
import { createTarget, planeGan, planeGanOptions } from "../../../gan/index.js";
import { gameTask } from "../../../gan/task.js";
import { createEngine } from "../../../src/kernels/create.js";
import { Streams } from "../../../src/rng/streams.js";
import { record } from "../../record.js";

const options = planeGanOptions({ name: "ring" });

function gan(generator: "none" | "layer" | "batch", critic: "none" | "layer" | "batch") {
  const network = (normalization: typeof generator) => ({ hidden: [5, 4], activation: "tanh" as const, normalization });
  const streams = new Streams(3);
  const settings = { network: network(generator), discriminator: network(critic), batch: 8 };
  return { streams, game: planeGan(options, createTarget(options), createEngine("wasm"), streams, settings) };
}

describe("a 2D GAN with normalised networks", () => {
  it.each([
    ["layer", "layer"],
    ["batch", "batch"],
    ["batch", "none"],
  ] as const)("has the gradients of the losses that it tells: generator %s, discriminator %s", (generator, critic) => {
    const { game, streams } = gan(generator, critic);
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
      const h = 1 / 1024;
      for (let i = 0; i < parameters.length; i++) {
        const value = parameters[i];
        parameters[i] = value + h;
        const up = loss();
        parameters[i] = value - h;
        const down = loss();
        parameters[i] = value;
        // float32 losses round by 1e-7, over 2h; the third derivative, large under normalisation, adds h²/6.
        expect(Math.abs((up - down) / (2 * h) - written[i])).toBeLessThan(1e-3 * Math.max(1, scale));
      }
      expect(scale).toBeGreaterThan(1e-3);
    }
  });

  it("normalises real and fake samples apart", () => {
    const { game, streams } = gan("none", "batch");
    const before = streams.save();
    const loss = game.gradient(0);
    // Were they one batch, moving the fakes alone would move the real ones' logits too. Apart, a shift common to all
    // fakes goes away altogether.
    const bias = game.players[1].parameters;
    // The generator's last bias: two floats, padded to four at the end of its parameters.
    bias[bias.length - 4] += 3;
    streams.restore(before);
    expect(game.gradient(0)).toBeCloseTo(loss, 5);
  });

  it("samples each point by itself, by the running averages", () => {
    const { game, streams } = gan("batch", "none");
    for (let i = 0; i < 20; i++) game.gradient(1);
    const stream = streams.get("evaluation");
    const state = stream.save();
    const eleven = game.sample(stream, 11);
    stream.restore(state);
    // The same latents, of which the second batch is cut short at another place.
    expect(game.sample(stream, 9)).toEqual(eleven.subarray(0, 18));
    const [once, twice] = [new Float64Array(2), new Float64Array(2)];
    game.observe(once);
    game.observe(twice);
    expect(twice).toEqual(once);
  });

  const config = (more: object) => ({
    game: { name: "ring" },
    optimizer: { name: "adam" },
    batch: 16,
    steps: 3,
    ...more,
  });

  it("makes other runs", async () => {
    const digests = await Promise.all(
      ["none", "layer", "batch"].map(
        async (normalization) =>
          (await record(gameTask, config({ network: { hidden: [8], normalization } }))).result.parametersSha256,
      ),
    );
    expect(new Set(digests).size).toBe(3);
  });

  const batch = { normalization: "batch" };
  it.each([
    [
      { game: { name: "ring", r1: 1 }, network: { normalization: "layer" } },
      "network.normalization: a normalised network is not piecewise linear, as game.r1 needs; expected none",
    ],
    [
      { game: { name: "ring", gradientPenalty: {} }, discriminator: batch },
      "discriminator.normalization: a normalised network is not piecewise linear, as game.gradientPenalty needs",
    ],
    [
      { game: { name: "ring", spectralNormalization: true }, discriminator: batch },
      "discriminator.normalization: it takes away the scale of weights that game.spectralNormalization sets",
    ],
    [{ network: batch, batch: 1 }, "batch: expected at least 2 for batch normalisation"],
    [{ network: batch, averaging: {} }, "averaging: averaged weights have no running averages of their own"],
    [{ network: { normalization: "bach" } }, 'found "bach"; did you mean "batch"?'],
  ])("refuses %j", async (more, message) => {
    await expect(record(gameTask, config(more))).rejects.toThrow(message);
  });

  it("takes R1 with a normalised generator, whose slope is not asked for", async () => {
    const { result } = await record(
      gameTask,
      config({ game: { name: "ring", r1: 1 }, network: { hidden: [8], ...batch }, discriminator: { hidden: [8] } }),
    );
    expect(result.outcome).toEqual({ kind: "completed" });
  });
});
