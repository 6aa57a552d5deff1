import { describe, expect, it } from "vitest";
import { createTarget, planeGan, planeGanOptions } from "../../../gan/index.js";
import { collapsedAt } from "../../../gan/quality/collapse.js";
import { gameTask } from "../../../gan/task.js";
import { createEngine } from "../../../src/kernels/create.js";
import { Streams } from "../../../src/rng/streams.js";
import { record } from "../../record.js";

describe("a collapse", () => {
  it("is told by the step since which the logits have not spread", () => {
    expect(collapsedAt([1, 0.1, 0, 1e-7, 0])).toBe(3);
    expect(collapsedAt([0, 0, 0])).toBe(1);
  });

  it("is none when the logits spread again, or have done so until just now", () => {
    expect(collapsedAt([0, 0, 0, 0, 0.1])).toBeNull();
    expect(collapsedAt([...Array(91).fill(1), ...Array(9).fill(0)])).toBeNull();
    expect(collapsedAt([...Array(90).fill(1), ...Array(10).fill(0)])).toBe(91);
    expect(collapsedAt([])).toBeNull();
    expect(collapsedAt([Number.NaN])).toBeNull();
  });
});

describe("a GAN whose discriminator collapses", () => {
  const config = (game: object, optimizer: object = { name: "adam", lr: 0.001 }) => ({
    game: { name: "ring", ...game },
    optimizer,
    network: { hidden: [16, 16] },
    batch: 32,
    steps: 40,
  });

  it("completes and says since when; a live one says nothing", async () => {
    // Three layers of weights below 1e-4 leave nothing of a point; the first gradient goes before the first clipping.
    const dead = await record(gameTask, config({ loss: "wasserstein", weightClip: 1e-4 }));
    expect(dead.result.outcome).toEqual({ kind: "completed" });
    expect(dead.result.summary.measured).toMatchObject({ collapsedAt: 2 });
    expect(dead.tables.metrics.logitSpread[0]).toBeGreaterThan(0.01);
    expect(Math.max(...dead.tables.metrics.logitSpread.slice(1))).toBeLessThan(1e-6);
    const live = await record(gameTask, config({}));
    expect(live.result.summary.measured).toMatchObject({ collapsedAt: null });
    expect(Math.min(...live.tables.metrics.logitSpread)).toBeGreaterThan(1e-3);
  });

  it("by dead units has no spread, and pulls its generator nowhere", () => {
    const options = planeGanOptions({ name: "ring" });
    const settings = { network: { hidden: [8, 8], activation: "relu" as const }, batch: 16 };
    const game = planeGan(options, createTarget(options), createEngine("wasm"), new Streams(1), settings);
    const [discriminator, generator] = game.players;
    const observed = new Float64Array(3);
    game.gradient(0);
    game.observe(observed);
    expect(observed[2]).toBeGreaterThan(0.01);
    // The first layer, [2, 8], has its biases behind its weights: no unit of it is ever above zero.
    discriminator.parameters.fill(-1000, 16, 24);
    game.gradient(0);
    game.gradient(1);
    game.observe(observed);
    expect(observed[2]).toBe(0);
    expect(generator.gradients.every((value) => value === 0)).toBe(true);
  });

  it("and a loss that is no number any more is a divergence, with its step, its reason and its rows so far", async () => {
    const { result, tables } = await record(gameTask, config({ loss: "wasserstein" }, { name: "sgd", lr: 1e12 }));
    expect(result.outcome).toMatchObject({
      kind: "diverged",
      reason: expect.stringMatching(/^the (discriminator|generator) player's loss, gradient or update is not finite$/),
    });
    const { step } = result.outcome as { step: number };
    expect(tables.metrics.step.at(-1)).toBe(step);
    expect(result.summary.measured).toMatchObject({ collapsedAt: null, modes: 0 });
  });
});
