import { describe, expect, it } from "vitest";
import { matrix } from "../../../gan/index.js";
import { gameTask } from "../../../gan/task.js";
import { jacobianAt } from "../../../src/play/game.js";
import { Streams } from "../../../src/rng/streams.js";
import { flowEigenvalues } from "../../../src/theory/flow.js";
import { record } from "../../record.js";

type Fields = Record<"measured" | "predicted", Record<string, number>>;
const run = async (config: object, seed = 1) => {
  const { result, tables } = await record(gameTask, { steps: 400, ...config }, seed);
  return { ...(result.summary as unknown as Fields), metrics: tables.metrics };
};

describe("the bilinear game of vectors", () => {
  it.each([
    ["simultaneous", { singularValues: [0.3, 2, 1] }, { name: "momentum", lr: 0.1, momentum: 0.5 }],
    ["alternating", { singularValues: [0.3, 2, 1], dissipation: 0.2 }, { name: "optimisticGradient", lr: 0.1 }],
    ["alternating", { dimension: 5 }, { name: "momentum", lr: 0.1, momentum: -0.5 }],
    ["extragradient", { dimension: 5, dissipation: 0.1 }, { name: "sgd", lr: 0.2 }],
  ])(
    "moves along its leading pair as the scalar game of the largest singular value: %s, %j",
    async (order, game, optimizer) => {
      const { measured, predicted } = await run({ game: { name: "matrix", ...game }, order, optimizer, steps: 100 });
      expect(Math.abs(measured.spectralRadius - predicted.spectralRadius)).toBeLessThan(1e-10);
      expect(Math.abs(measured.angle - predicted.angle)).toBeLessThan(1e-10);
      if ("singularValues" in game) expect(predicted.flowImaginary).toBeCloseTo(2, 12);
    },
  );

  it("has ±i times its singular values for eigenvalues, less the dissipation", () => {
    const game = matrix({ name: "matrix", singularValues: [3, 1, 0.5], dissipation: 0.2 }, new Streams(1));
    const found = flowEigenvalues(jacobianAt(game, game.equilibria?.[0] as number[]) as number[][]);
    expect(found.map(({ im }) => im).sort((a, b) => b - a)).toEqual(
      [3, 1, 0.5, -0.5, -1, -3].map((s) => expect.closeTo(s, 12)),
    );
    for (const { re } of found) expect(re).toBeCloseTo(-0.2, 12);
  });

  it("draws its matrix from the seed: entries of variance 1/n, so singular values up to about 2", async () => {
    const entries = (seed: number) => {
      const game = matrix({ name: "matrix", dimension: 60 }, new Streams(seed));
      const out = new Float64Array(120 * 120);
      game.jacobian?.(out);
      return {
        entries: Array.from({ length: 60 }, (_, i) => [...out.subarray(120 * i + 60, 120 * (i + 1))]).flat(),
        game,
      };
    };
    const { entries: one, game } = entries(1);
    expect(entries(1).entries).toEqual(one);
    expect(entries(2).entries).not.toEqual(one);
    expect(60 * (one.reduce((sum, value) => sum + value * value, 0) / one.length)).toBeCloseTo(1, 0);
    const largest = game.plane?.[0][1] as number;
    expect(largest).toBeGreaterThan(1.6);
    expect(largest).toBeLessThan(2.3);
  });

  it("observes the distance from the equilibrium, which extragradient brings down", async () => {
    const { metrics, measured } = await run({
      game: { name: "matrix", singularValues: [2, 0.5, 1], start: 2 },
      order: "extragradient",
      optimizer: { name: "sgd", lr: 0.3 },
      steps: 1000,
    });
    expect(metrics.distance[0]).toBeLessThan(2 * Math.sqrt(6));
    // The leading pair is the first coordinate of both: x falls from 2 and y rises, in the first step by η s y.
    expect(metrics.x[0]).toBeLessThan(2);
    expect(metrics.y[0]).toBeGreaterThan(2);
    expect(metrics.distance[999]).toBeLessThan(0.1 * metrics.distance[0]);
    expect(measured.distance).toBe(metrics.distance[999]);
  });

  it("ends at a distance from its equilibrium under noise, where it would arrive without", async () => {
    const config = {
      game: { name: "matrix", dissipation: 0.5 },
      order: "simultaneous",
      optimizer: { name: "sgd", lr: 0.1 },
    };
    const [still, noisy] = [
      await run({ ...config, steps: 4000 }),
      await run({ ...config, steps: 4000, gradientNoise: 0.2 }),
    ];
    expect(still.measured.radius).toBeLessThan(1e-20);
    // AR(1) with the factor ρ: E r² = 2 η²σ²/(1 − ρ²) in the plane of the leading pair.
    const { spectralRadius: rho } = noisy.predicted;
    const expected = 0.1 * 0.2 * Math.sqrt(2 / (1 - rho * rho));
    expect(Math.abs(noisy.measured.radius / expected - 1)).toBeLessThan(0.15);
  });

  it("takes singular values or a dimension, not both", async () => {
    const both = { name: "matrix", singularValues: [1], dimension: 2 };
    await expect(run({ game: both, optimizer: { name: "sgd" } })).rejects.toThrow(
      /game: expected either singularValues or dimension/,
    );
    const flat = { name: "matrix", singularValues: [0] };
    await expect(run({ game: flat, optimizer: { name: "sgd" } })).rejects.toThrow(
      /singularValues\.0: expected more than 0/,
    );
    const noisyRing = { game: { name: "ring" }, gradientNoise: 0.1, optimizer: { name: "sgd" } };
    await expect(run(noisyRing)).rejects.toThrow(/gradientNoise: the ring game has the noise of its batches/);
  });
});
