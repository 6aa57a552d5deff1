import { describe, expect, it } from "vitest";
import { bilinear } from "../../gan/index.js";
import { gameTask } from "../../gan/task.js";
import { pathAngle, summarisePath } from "../../src/play/path-angle.js";
import { record } from "../record.js";

/** The path angle from (1, 0.5) to an end. */
function angle(coupling: number, dissipation: number, end: readonly [number, number]) {
  return pathAngle(bilinear({ name: "bilinear", coupling, dissipation, start: [...end] }), [1, 0.5]);
}

describe("the path angle", () => {
  it("takes 100 points from a tenth before the start to a tenth beyond the end", () => {
    const { positions } = angle(1, 0.5, [0, 0]);
    expect(positions.length).toBe(100);
    expect([positions[0], positions[99]]).toEqual([-0.1, expect.closeTo(1.1, 14)]);
  });

  it("of pure attraction is 1 before the end and −1 after it", () => {
    const path = angle(0, 1, [0, 0]);
    path.cosines.forEach((cosine, k) => {
      expect(cosine).toBeCloseTo(path.positions[k] < 1 ? 1 : -1, 12);
    });
    expect(summarisePath(path)).toEqual({ pathSwitch: expect.closeTo(2, 12), pathBump: expect.closeTo(0, 12) });
  });

  it("of pure repulsion is the other way round", () => {
    const path = pathAngle(
      { ...bilinear({ name: "bilinear", coupling: 0, dissipation: 0, start: [0, 0] }), ...repelling() },
      [1, 0.5],
    );
    expect(summarisePath(path).pathSwitch).toBeCloseTo(-2, 12);
  });

  it("of a pure rotation is 0 on a line through the centre, and has a bump where the line misses it", () => {
    const through = angle(1, 0, [0, 0]);
    for (const cosine of through.cosines) expect(Math.abs(cosine)).toBeLessThan(1e-12);
    // The nearest point to the centre is at α = 1, where the field runs along the line.
    const beside = angle(1, 0, [-0.01, 0.02]);
    const { pathSwitch, pathBump } = summarisePath(beside);
    expect(Math.max(...beside.cosines.map(Math.abs))).toBeGreaterThan(0.95);
    expect(Math.abs(pathSwitch as number)).toBeLessThan(0.05);
    expect(pathBump).toBeGreaterThan(0.7);
  });

  it("of both together is between: its cosine is the damping ratio", () => {
    const path = angle(1, 0.5, [0, 0]);
    expect(summarisePath(path).pathSwitch).toBeCloseTo((2 * 0.5) / Math.hypot(1, 0.5), 12);
    expect(path.fieldNorms[0]).toBeCloseTo(1.1 * Math.hypot(1, 0.5) * Math.hypot(1, 0.5), 12);
  });

  it("leaves the parameters where they are, and is undefined where nothing has moved", () => {
    const game = bilinear({ name: "bilinear", start: [1, 0.5] });
    expect(summarisePath(pathAngle(game, [1, 0.5]))).toEqual({ pathSwitch: null, pathBump: null });
    expect(game.players.map(({ parameters }) => parameters[0])).toEqual([1, 0.5]);
  });

  it("is written at the end of every run, networks included, and changes none of them", async () => {
    const dirac = { game: { name: "dirac", loss: "minimax", r1: 1 }, optimizer: { name: "sgd", lr: 0.2 }, steps: 500 };
    const { result, tables } = await record(gameTask, dirac);
    expect(tables.pathAngle.position.length).toBe(100);
    // R1 holds ψ only: the field is (−ψ − θ/2, ψ/2), which makes a cosine of 1/√5 with the line from (1, 1).
    const { pathSwitch } = result.summary.measured as Record<string, number>;
    expect(Math.abs(pathSwitch - 2 / Math.sqrt(5))).toBeLessThan(0.01);
    const ring = {
      game: { name: "ring" },
      network: { hidden: [8] },
      batch: 16,
      optimizer: { name: "adam" },
      steps: 20,
    };
    expect((await record(gameTask, ring)).tables.pathAngle).toBeUndefined();
    const run = await record(gameTask, { ...ring, pathAngle: true });
    expect(run.tables.pathAngle.cosine.every((cosine) => Math.abs(cosine) <= 1)).toBe(true);
    expect((run.result.summary.measured as Record<string, number>).pathSwitch).toEqual(expect.any(Number));
  });

  it("is not there where a run diverged", async () => {
    const config = {
      game: { name: "bilinear" },
      order: "simultaneous",
      optimizer: { name: "sgd", lr: 10 },
      steps: 2000,
    };
    const { result, tables } = await record(gameTask, config);
    expect(result.outcome.kind).toBe("diverged");
    expect(tables.pathAngle).toBeUndefined();
    expect(result.summary.measured).toMatchObject({ pathSwitch: null, pathBump: null });
  });
});

/** f = −(x² − y²)/2: both gradients point home, so that descent leads away. */
function repelling() {
  const game = bilinear({ name: "bilinear", coupling: 0, dissipation: 0, start: [0, 0] });
  return {
    players: game.players,
    gradient(player: 0 | 1) {
      const { parameters, gradients } = game.players[player];
      gradients[0] = -parameters[0];
      return -(parameters[0] * parameters[0]) / 2;
    },
  };
}
