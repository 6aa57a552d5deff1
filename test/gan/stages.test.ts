import { describe, expect, it } from "vitest";
import { gameTask } from "../../gan/task.js";
import { record } from "../record.js";

const config = {
  game: { name: "ring" },
  optimizer: { name: "adam", lr: 0.001 },
  network: { hidden: [8, 8] },
  batch: 16,
  steps: 40,
};

describe("a GAN that is looked at on its way", () => {
  it("stores samples and surfaces at evenly spread steps, the last among them, and goes on as if nobody had looked", async () => {
    const plain = await record(gameTask, config);
    const seen = await record(gameTask, { ...config, snapshots: 4, spectrum: { vectors: 4, at: [10, 30] } });
    const { snapshots, snapshotSurfaces, spectra, ...others } = seen.tables;
    expect([...new Set(snapshots.step)]).toEqual([10, 20, 30, 40]);
    expect(snapshots.x).toHaveLength(4 * 512);
    expect(snapshotSurfaces.logit).toHaveLength(4 * 1600);
    expect([...new Set(spectra.step)]).toEqual([10, 30]);
    expect(spectra.real).toHaveLength(8);
    expect(others).toEqual(plain.tables);
    expect(seen.result.parametersSha256).toBe(plain.result.parametersSha256);
  });

  it("draws its snapshots from the same latents: a generator that stands still draws the same points", async () => {
    const still = { ...config, optimizer: { name: "sgd", lr: 0 }, snapshots: 2 };
    const { snapshots } = (await record(gameTask, still)).tables;
    expect(snapshots.x.slice(0, 512)).toEqual(snapshots.x.slice(512));
  });

  it("refuses a stage after its end, and snapshots of a game without samples", async () => {
    const late = { ...config, spectrum: { at: [41] } };
    await expect(record(gameTask, late)).rejects.toThrow("spectrum.at.0: expected at most steps, 40");
    const small = { game: { name: "bilinear" }, optimizer: { name: "sgd", lr: 0.1 }, snapshots: 3 };
    await expect(record(gameTask, small)).rejects.toThrow("snapshots: the bilinear game has no networks");
  });

  it("has instance noise that falls, which is refused where there is none", async () => {
    const noisy = (change: object) =>
      record(gameTask, { ...config, game: { name: "ring", instanceNoise: 0.5, ...change }, steps: 3 });
    const lossOf = async (change: object) => (await noisy(change)).tables.metrics.discriminatorLoss;
    const [staying, slow, fast] = [
      await lossOf({}),
      await lossOf({ instanceNoiseSteps: 1e9 }),
      await lossOf({ instanceNoiseSteps: 1 }),
    ];
    expect(Math.abs(slow[2] - staying[2])).toBeLessThan(1e-4);
    expect(fast[0]).toBe(staying[0]);
    expect(fast[1]).not.toBe(staying[1]);
    const useless = { ...config, game: { name: "ring", instanceNoiseSteps: 9 } };
    await expect(record(gameTask, useless)).rejects.toThrow("there is no game.instanceNoise that could fall");
  });
});

describe("the field of a small game", () => {
  const small = { optimizer: { name: "sgd", lr: 0.1 }, steps: 5 };

  it("is its flow on a grid around the path", async () => {
    const { field } = (await record(gameTask, { game: { name: "bilinear", start: [1, 0] }, ...small, field: 3 }))
      .tables;
    expect(field.x).toHaveLength(9);
    const corner = { x: field.x[8], y: field.y[8] };
    expect(corner.x).toBeCloseTo(corner.y, 12);
    expect(field.flowX[8]).toBe(-corner.y);
    expect(field.flowY[8]).toBe(corner.x);
  });

  it("is refused for a game of other than two numbers, and for networks", async () => {
    await expect(record(gameTask, { game: { name: "cyclic" }, ...small, field: 3 })).rejects.toThrow(
      "field: expected a game of two numbers, one a player; the cyclic game has 3 players and 3 numbers",
    );
    await expect(record(gameTask, { ...config, field: 3 })).rejects.toThrow(
      "field: the players of the ring game are networks",
    );
  });
});
