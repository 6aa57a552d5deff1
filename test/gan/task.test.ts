import { describe, expect, it } from "vitest";
import { gameTask } from "../../gan/task.js";
import type { Summary } from "../../src/study/task.js";
import { record } from "../record.js";

const orbit = (summary: Summary, which: "measured" | "predicted") => summary[which] as Record<string, number>;

describe("the game task on the bilinear game", () => {
  const grid = (["simultaneous", "alternating"] as const).flatMap((order) =>
    [0.01, 0.1, 0.5].flatMap((lr) => [-0.5, 0, 0.5, 0.9].map((momentum) => [order, lr, momentum] as const)),
  );
  it.each(grid)("measures what theory predicts: %s, η = %d, β = %d", async (order, lr, momentum) => {
    const config = { game: { name: "bilinear" }, order, optimizer: { name: "momentum", lr, momentum }, steps: 400 };
    const { result } = await record(gameTask, config);
    const [measured, predicted] = [orbit(result.summary, "measured"), orbit(result.summary, "predicted")];
    expect(Math.abs(measured.spectralRadius - predicted.spectralRadius)).toBeLessThan(1e-10);
    expect(Math.abs(measured.angle - predicted.angle)).toBeLessThan(1e-10);
    expect(Math.abs(measured.dampingRatio - predicted.dampingRatio)).toBeLessThan(1e-8);
  });

  it.each([
    [0.1, 0],
    [0.5, 0],
    [0.7, 0.3],
  ])("plays extragradient as theory has it: η = %d, γ = %d", async (lr, dissipation) => {
    const game = { name: "bilinear", dissipation };
    const config = { game, order: "extragradient", optimizer: { name: "sgd", lr }, steps: 400 };
    const { result } = await record(gameTask, config);
    const [measured, predicted] = [orbit(result.summary, "measured"), orbit(result.summary, "predicted")];
    expect(predicted.spectralRadius).toBeLessThan(1);
    expect(Math.abs(measured.spectralRadius - predicted.spectralRadius)).toBeLessThan(1e-10);
    expect(Math.abs(measured.angle - predicted.angle)).toBeLessThan(1e-10);
  });

  it.each([
    [0.5, 0.00005],
    [0.9, 0.00001],
    [0, 0.0001],
  ])("measures slow games as closely: β = %d, η = %d", async (momentum, lr) => {
    const { result } = await record(gameTask, {
      game: { name: "bilinear", coupling: 0.6, dissipation: 0.8, start: [1, 0] },
      order: "simultaneous",
      optimizer: { name: "momentum", lr, momentum },
      steps: 20_000,
    });
    const [measured, predicted] = [orbit(result.summary, "measured"), orbit(result.summary, "predicted")];
    expect(Math.abs(measured.spectralRadius - predicted.spectralRadius)).toBeLessThan(1e-12);
    expect(Math.abs(measured.angle - predicted.angle)).toBeLessThan(1e-12);
  });

  it.each([
    ["simultaneous", 0, 0.99],
    ["simultaneous", 0, 0.999],
    ["simultaneous", 0.5, 0.999],
    ["simultaneous", -0.5, 0.999],
    ["simultaneous", 0.9, 0.999],
    ["alternating", 0.5, 0.999],
    ["alternating", 0.9, 0.999],
  ])(
    "ends on the predicted limit cycle from inside and from outside: %s, β₁ = %d, β₂ = %d",
    async (order, beta1, beta2) => {
      const play = async (start: number) => {
        const optimizer = { name: "adam", lr: 0.01, beta1, beta2, eps: 0 };
        const { result } = await record(gameTask, {
          game: { name: "bilinear", start: [start, start] },
          order,
          optimizer,
          steps: 40_000,
        });
        return result.summary;
      };
      const inside = await play(0.05);
      const { radius, angle } = orbit(inside, "predicted");
      const outside = await play(1.2 * radius);
      expect(Math.abs(orbit(inside, "measured").radius / radius - 1)).toBeLessThan(0.005);
      expect(Math.abs(orbit(outside, "measured").radius / radius - 1)).toBeLessThan(0.005);
      expect(Math.abs(orbit(inside, "measured").angle / angle - 1)).toBeLessThan(0.01);
    },
  );

  it("logs every step", async () => {
    const { tables } = await record(gameTask, { game: { name: "bilinear" }, optimizer: { name: "sgd" }, steps: 17 });
    expect(tables.metrics.step).toEqual(Array.from({ length: 17 }, (_, i) => i + 1));
    expect(Object.keys(tables.metrics)).toEqual([
      "step",
      "x",
      "y",
      "xLoss",
      "xGradientNorm",
      "xUpdateNorm",
      "yLoss",
      "yGradientNorm",
      "yUpdateNorm",
    ]);
  });

  it("takes divergence for an outcome with its step and reason", async () => {
    const config = {
      game: { name: "bilinear" },
      optimizer: { name: "sgd", lr: 10 },
      order: "simultaneous",
      steps: 5000,
    };
    const { result, tables } = await record(gameTask, config);
    expect(result.outcome).toMatchObject({ kind: "diverged", reason: expect.stringMatching(/not finite/) });
    expect((result.outcome as { step: number }).step).toBe(tables.metrics.step.length);
  });

  it("takes divergence for an outcome under extragradient too", async () => {
    const optimizer = { name: "sgd", lr: 1e100 };
    const { result } = await record(gameTask, { game: { name: "bilinear" }, order: "extragradient", optimizer });
    expect(result.outcome).toMatchObject({ kind: "diverged" });
  });

  it("predicts nothing where no closed form is known", async () => {
    for (const optimizer of [
      { name: "momentum", nesterov: true },
      { name: "rmsprop", centered: true },
      { name: "adam", amsgrad: true },
      { name: "sgd", weightDecay: 0.1 },
      { name: "sgd", clip: { by: "value", limit: 0.5 } },
      { name: "sgd", schedule: { name: "linear", steps: 50 } },
      { name: "momentum", form: "average" },
      { name: "rmsprop", schedule: { name: "linear", steps: 50 } },
      { name: "adamw" },
      { name: "adagrad" },
      { name: "optimisticGradient" },
    ]) {
      const { result } = await record(gameTask, { game: { name: "bilinear" }, optimizer, steps: 50 });
      expect(Object.values(orbit(result.summary, "predicted")).every((value) => value === null)).toBe(true);
    }
  });

  it.each([
    [{ game: { name: "bilinear" }, optimizer: { name: "sgd" }, batch: 32 }, /batch: the bilinear game has no networks/],
    [
      { game: { name: "rings" }, optimizer: { name: "sgd" } },
      /game\.name: unknown name "rings"; did you mean "ring"\?/,
    ],
    [
      { game: { name: "ring", mods: 3 }, optimizer: { name: "sgd" } },
      /game: unknown key "mods"; did you mean "modes"\?/,
    ],
    [{ game: { name: "ring" }, optimizer: { name: "sgd" }, steps: 0 }, /steps: expected more than 0, found 0/],
    [{ game: { name: "ring" } }, /optimizer: missing/],
  ])("refuses %j", async (config, message) => {
    await expect(record(gameTask, config)).rejects.toThrow(message);
  });
});

describe("the game task on the ring", () => {
  const config = {
    game: { name: "ring" },
    network: { hidden: [16, 16] },
    batch: 32,
    steps: 60,
    optimizer: { name: "adam" },
  };

  it("gives the same bits for the same seed and others for another", async () => {
    const [a, b, c] = [
      await record(gameTask, config, 4),
      await record(gameTask, config, 4),
      await record(gameTask, config, 5),
    ];
    expect(a.result.parametersSha256).toBe(b.result.parametersSha256);
    expect(a.tables).toEqual(b.tables);
    expect(a.result.parametersSha256).not.toBe(c.result.parametersSha256);
  });

  it("uses ReLU and 64-64 networks unless told otherwise", async () => {
    const short = { ...config, network: undefined, steps: 3 };
    const told = { ...short, network: { hidden: [64, 64], activation: "relu" } };
    const tanh = { ...short, network: { activation: "tanh" } };
    const digests = await Promise.all(
      [short, told, tanh].map(async (c) => (await record(gameTask, c)).result.parametersSha256),
    );
    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(digests[2]);
  });

  it("writes quality over time, final samples, and the measures of the mean", async () => {
    const { result, tables } = await record(gameTask, config);
    expect(tables.quality.step.length).toBe(20);
    expect(tables.samples.x.length).toBe(2048);
    expect(tables.metrics.meanX.length).toBe(60);
    const measured = orbit(result.summary, "measured");
    for (const field of [
      "modes",
      "highQuality",
      "reverseKl",
      "chatter",
      "slowCycle",
      "period",
      "radius",
      "squaredMmd",
      "recall",
      "coverage",
    ]) {
      expect(measured[field]).toEqual(expect.any(Number));
    }
  });

  it("tells its losses and the latest quality on the way", async () => {
    const told: (readonly [number, Readonly<Record<string, number>> | undefined])[] = [];
    const { tables } = await record(gameTask, config, 1, (share, numbers) => told.push([share, numbers]));
    expect(told.map(([share]) => share)).toEqual(Array.from({ length: 60 }, (_, i) => (i + 1) / 60));
    const { discriminatorLoss, generatorLoss } = tables.metrics;
    expect(told[1][1]).toEqual({ discriminatorLoss: discriminatorLoss[1], generatorLoss: generatorLoss[1] });
    const { modes, highQuality } = tables.quality;
    expect(told[40][1]).toMatchObject({ modes: modes[12], highQuality: highQuality[12] });
  });

  it("leaves what a picture needs: data, modes, and the discriminator's logits over a square around them", async () => {
    const { tables } = await record(gameTask, config);
    const { target, modes, surface } = tables;
    expect([target.x.length, modes.x.length, surface.logit.length]).toEqual([1000, 8, 80 * 80]);
    expect(modes.deviation).toEqual(Array(8).fill(0.02));
    expect(Math.hypot(modes.x[3], modes.y[3])).toBeCloseTo(2, 12);
    const width = (values: number[]) => Math.max(...values) - Math.min(...values);
    expect(width(surface.x)).toBeCloseTo(1.5 * Math.max(width(target.x), width(target.y)), 5);
    expect(width(surface.y)).toBeCloseTo(width(surface.x), 5);
    expect([surface.y[0], surface.x[1] > surface.x[0]]).toEqual([surface.y[79], true]);
    expect(width(surface.logit)).toBeGreaterThan(0);
  });

  it("gives each player its own optimizer when told so", async () => {
    const frozen = { optimizers: { generator: { name: "sgd", lr: 0 } } };
    const { tables } = await record(gameTask, { ...config, ...frozen });
    expect(Math.max(...tables.metrics.generatorUpdateNorm)).toBe(0);
    expect(Math.min(...tables.metrics.discriminatorUpdateNorm)).toBeGreaterThan(0);
    await expect(record(gameTask, { ...config, optimizers: { critic: { name: "sgd" } } })).rejects.toThrow(
      /optimizers\.critic: no player of ring.*valid: discriminator, generator/,
    );
  });

  it("measures the averaged generator beside the raw one, and changes neither run nor parameters by it", async () => {
    const [plain, averaged] = [await record(gameTask, config), await record(gameTask, { ...config, averaging: {} })];
    expect(averaged.result.parametersSha256).toBe(plain.result.parametersSha256);
    expect(averaged.tables.metrics).toEqual(plain.tables.metrics);
    const { reverseKl } = averaged.result.summary.averaged as Record<string, number>;
    expect(reverseKl).toBeGreaterThanOrEqual(0);
    expect(reverseKl).not.toBe(orbit(averaged.result.summary, "measured").reverseKl);
  });

  it("ends with a clear outcome when it diverges", async () => {
    const { result } = await record(gameTask, { ...config, optimizer: { name: "sgd", lr: 1e30 } });
    expect(result.outcome).toMatchObject({ kind: "diverged" });
  });
});
