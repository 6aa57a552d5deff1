import { describe, expect, it } from "vitest";
import { createTarget, planeGanOptions } from "../../../gan/index.js";
import { gameTask } from "../../../gan/task.js";
import { RandomStream } from "../../../src/rng/random-stream.js";
import { record } from "../../record.js";

const rows = 4000;

function draw(
  game: Parameters<typeof planeGanOptions>[0],
  seed = 1,
): { x: number; y: number; r: number; angle: number }[] {
  const target = createTarget(planeGanOptions(game));
  const out = new Float32Array(2 * rows);
  target.sample(new RandomStream(seed, "data"), out, rows);
  return Array.from({ length: rows }, (_, row) => {
    const [x, y] = [out[2 * row], out[2 * row + 1]];
    return { x, y, r: Math.hypot(x, y), angle: Math.atan2(y, x) };
  });
}

/** How far an angle is from a whole number of turns, at most π. */
const off = (angle: number) => Math.abs(Math.atan2(Math.sin(angle), Math.cos(angle)));

describe("the curves without noise", () => {
  it("swiss roll: the radius grows with the angle, from a third of the end's over one and a half turns", () => {
    const points = draw({ name: "swissRoll", deviation: 0, radius: 3 });
    const t = (r: number) => (r / 3) * 4.5 * Math.PI;
    expect(Math.max(...points.map(({ r, angle }) => off(angle - t(r))))).toBeLessThan(1e-4);
    expect(Math.min(...points.map(({ r }) => r))).toBeCloseTo(1, 2);
    expect(Math.max(...points.map(({ r }) => r))).toBeCloseTo(3, 2);
  });

  it("moons: two half circles, each the other turned about the origin", () => {
    const points = draw({ name: "moons", deviation: 0, radius: 2 });
    const upper = points.filter(({ x, y }) => Math.abs(Math.hypot(x + 1, y + 0.5) - 2) < 1e-5 && y > -0.5 - 1e-5);
    const lower = points.filter(({ x, y }) => Math.abs(Math.hypot(x - 1, y - 0.5) - 2) < 1e-5 && y < 0.5 + 1e-5);
    expect(upper.length + lower.length).toBe(rows);
    // A fair coin: five standard deviations are 158.
    expect(Math.abs(upper.length - rows / 2)).toBeLessThan(160);
  });

  it("spiral: on each arm the angle is the arm's own and the turns times the share of the radius", () => {
    const points = draw({ name: "spiral", deviation: 0, arms: 3, turns: 2, radius: 5 });
    const arms = points.map(({ r, angle }) => (3 * (angle - 4 * Math.PI * (r / 5))) / (2 * Math.PI));
    for (const arm of arms) expect(Math.abs(arm - Math.round(arm))).toBeLessThan(1e-3);
    const counts = [0, 1, 2].map((k) => arms.filter((arm) => (((Math.round(arm) - k) % 3) + 3) % 3 === 0).length);
    for (const count of counts) expect(Math.abs(count - rows / 3)).toBeLessThan(160);
    // Half of the points lie beyond √½ of the radius.
    expect(Math.abs(points.filter(({ r }) => r > 5 * Math.SQRT1_2).length - rows / 2)).toBeLessThan(160);
  });

  it.each(["swissRoll", "moons", "spiral"] as const)("%s: the noise is normal with σ along each axis", (name) => {
    // So wide that the curve itself does not show.
    const points = draw({ name, deviation: 1000 });
    for (const axis of ["x", "y"] as const) {
      const square = points.reduce((sum, point) => sum + point[axis] * point[axis], 0) / rows;
      expect(Math.sqrt(square) / 1000).toBeCloseTo(1, 1);
    }
  });
});

describe("a GAN on a curve", () => {
  it("has distances from its target and no modes", async () => {
    const config = {
      game: { name: "swissRoll" },
      network: { hidden: [16] },
      batch: 32,
      steps: 40,
      averaging: {},
      optimizer: { name: "adam" },
    };
    const { result, tables } = await record(gameTask, config);
    const none = { modes: null, highQuality: null, reverseKl: null, spread: null };
    expect(result.summary.measured).toMatchObject(none);
    expect(result.summary.averaged).toEqual(none);
    for (const name of ["squaredMmd", "slicedWasserstein", "precision", "recall", "density", "coverage"]) {
      expect((result.summary.measured as Record<string, unknown>)[name], name).toEqual(expect.any(Number));
    }
    expect(tables.quality.step).toHaveLength(20);
    expect(Object.keys(tables.quality)).toEqual(["step", "slicedWasserstein"]);
    expect([tables.target.x.length, tables.modes.x.length, tables.surface.logit.length]).toEqual([1000, 0, 6400]);
    expect(tables.quality.slicedWasserstein.every((value) => value > 0 && value < 10)).toBe(true);
  });
});
