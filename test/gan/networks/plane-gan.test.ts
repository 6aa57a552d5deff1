import { describe, expect, it } from "vitest";
import { createTarget, planeGan, planeGanOptions } from "../../../gan/index.js";
import { createEngine } from "../../../src/kernels/create.js";
import { Streams } from "../../../src/rng/streams.js";

const settings = { network: { hidden: [5, 4], activation: "tanh" as const, slope: 0.2 }, batch: 8 };

function fresh(change = {}, more = {}) {
  const streams = new Streams(3);
  const options = planeGanOptions({ name: "ring", ...change });
  return {
    streams,
    gan: planeGan(options, createTarget(options), createEngine("wasm"), streams, { ...settings, ...more }),
  };
}

describe("the mixture GAN", () => {
  it.each([0, 1] as const)("gives player %i the gradient of its own loss", (player) => {
    const { streams, gan } = fresh();
    const { parameters, gradients } = gan.players[player];
    const before = streams.save();
    /** The loss on the same batch: the streams are set back. */
    const loss = () => {
      streams.restore(before);
      return gan.gradient(player);
    };
    loss();
    const written = gradients.slice();
    const h = 1 / 128;
    for (let i = 0; i < parameters.length; i++) {
      const value = parameters[i];
      parameters[i] = value + h;
      const up = loss();
      parameters[i] = value - h;
      const down = loss();
      parameters[i] = value;
      // float32 losses of size 1 round by 1e-7, over 2h; the third derivative adds h²/6.
      expect(Math.abs((up - down) / (2 * h) - written[i])).toBeLessThan(2e-4);
    }
    expect(written.some((value) => Math.abs(value) > 1e-3)).toBe(true);
  });

  it("adds R1 to the discriminator's loss: γ/2 times the mean square slope at the real samples", () => {
    const network = { network: { hidden: [6, 5], activation: "leakyRelu" as const, slope: 0.2 } };
    const [plain, half, whole] = [0, 0.5, 1].map((r1) => fresh({ r1 }, network).gan);
    const [none, some, all] = [plain, half, whole].map((gan) => gan.gradient(0));
    // The same batch in all three: the penalty is linear in γ.
    expect(some - none).toBeGreaterThan(1e-3);
    expect((all - none) / (some - none)).toBeCloseTo(2, 4);
    plain.players[0].gradients.forEach((value, i) => {
      const [a, b] = [half, whole].map((gan) => gan.players[0].gradients[i] - value);
      expect(b).toBeCloseTo(2 * a, 4);
    });
    expect(whole.gradient(1)).toBeCloseTo(plain.gradient(1), 6);
  });

  it("leaves the other player's parameters and gradients alone", () => {
    const { gan } = fresh();
    const [d, g] = gan.players;
    const before = [d.parameters.slice(), g.parameters.slice(), g.gradients.slice()];
    gan.gradient(0);
    expect([d.parameters, g.parameters, g.gradients]).toEqual(before);
    const discriminatorGradient = d.gradients.slice();
    gan.gradient(1);
    expect(d.gradients).toEqual(discriminatorGradient);
  });

  it("observes the mean over fixed latents: looking twice tells the same and draws nothing", () => {
    const { streams, gan } = fresh();
    const [once, twice] = [new Float64Array(2), new Float64Array(2)];
    const before = JSON.stringify(streams.save());
    gan.observe(once);
    gan.observe(twice);
    expect(once).toEqual(twice);
    expect(JSON.stringify(streams.save())).toBe(before);
  });

  it("samples as many rows as asked for, also when they do not fill whole batches", () => {
    const { streams, gan } = fresh();
    const samples = gan.sample(streams.get("evaluation"), 21);
    expect(samples).toHaveLength(42);
    expect(new Set(samples).size).toBe(42);
  });

  it("judges points one by one as it does all together, also when they do not fill whole batches", () => {
    const { streams, gan } = fresh();
    const points = gan.sample(streams.get("evaluation"), 37);
    const logits = gan.logits(points, 37);
    expect(new Set(logits).size).toBe(37);
    for (const row of [0, 15, 16, 36]) {
      expect(gan.logits(points.slice(2 * row, 2 * row + 2), 1)[0]).toBe(logits[row]);
    }
  });
});
