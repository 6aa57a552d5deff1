import { describe, expect, it } from "vitest";
import { momentumWidens } from "../../reports/cycling/adaptive.js";
import { reachOf } from "../../reports/cycling/agreement.js";
import { motionOf, motionsText } from "../../reports/cycling/linear.js";
import { type BilinearRow, bilinearRows, largestError } from "../../reports/cycling/rates.js";
import { ringRows } from "../../reports/cycling/ring-rows.js";
import { slowRotation } from "../../src/dynamics/slow-rotation.js";
import { finishedRun } from "./finished-run.js";

const unknown = { spectralRadius: Number.NaN, angle: Number.NaN, radius: Number.NaN };

function row(parts: Partial<BilinearRow>): BilinearRow {
  const base = { optimizer: "A", order: "simultaneous" as const, lr: 0.01, beta1: 0, rho: 0.99, smallness: 0.04 };
  return { ...base, measured: unknown, predicted: unknown, ...parts };
}

describe("a run on the bilinear game", () => {
  it("is read with its optimizer's settings, what is null or not there being undefined", () => {
    const rmsprop = finishedRun({
      condition: { optimizer: "RMSprop" },
      config: { order: "alternating" as const, optimizer: { name: "rmsprop", lr: 0.1, rho: 0.9 } },
      summary: { measured: { spectralRadius: 1, angle: 0.5, radius: 2 }, predicted: { angle: 0.25, radius: null } },
    });
    const adam = finishedRun({
      condition: { optimizer: "Adam" },
      config: { order: "simultaneous" as const, optimizer: { name: "adam", lr: 0.1, beta1: 0.9, beta2: 0.999 } },
    });
    const [first, second] = bilinearRows([rmsprop, adam]);
    expect(first).toEqual({
      optimizer: "RMSprop",
      order: "alternating",
      lr: 0.1,
      beta1: 0,
      rho: 0.9,
      smallness: 0,
      measured: { spectralRadius: 1, angle: 0.5, radius: 2 },
      predicted: { ...unknown, angle: 0.25 },
    });
    expect(second).toMatchObject({ beta1: 0.9, rho: 0.999, measured: unknown });
    expect(second.smallness).toBeCloseTo(0.076, 12);
  });

  it("is off by the largest relative error where measurement and closed form are known", () => {
    const rows = [
      row({ measured: { ...unknown, radius: 1.1 }, predicted: { ...unknown, radius: 1 } }),
      row({ measured: { ...unknown, radius: 0.7 }, predicted: { ...unknown, radius: 1 } }),
      row({ measured: { ...unknown, radius: 9 } }),
    ];
    expect(largestError(rows, "radius")).toBeCloseTo(0.3, 12);
    expect(largestError(rows, "angle")).toBeNaN();
  });
});

describe("the motion under linear methods", () => {
  const moving = (optimizer: string, order: BilinearRow["order"], spectralRadius: number) =>
    row({ optimizer, order, measured: { ...unknown, spectralRadius } });

  it("is outward, closed or inward by the measured growth, rounding aside", () => {
    expect([1.01, 1 - 1e-12, 0.99].map((radius) => motionOf(moving("A", "alternating", radius)))).toEqual([
      "spirals outward",
      "closes up",
      "comes in",
    ]);
  });

  it("is told order by order, for every method together where all do alike", () => {
    const rows = [
      moving("A", "simultaneous", 1.1),
      moving("B", "simultaneous", 1.2),
      moving("A", "alternating", 1),
      moving("B", "alternating", 0.9),
    ];
    expect(motionsText(rows)).toBe(
      "Simultaneous play spirals outward under every method. Alternating play closes up under A; it comes in under B.",
    );
  });
});

describe("momentum", () => {
  const cycle = (beta1: number, radius: number, rho = 0.99) =>
    row({ beta1, rho, measured: { ...unknown, radius }, predicted: { ...unknown, radius: 1 } });

  it("widens the cycle where the radius grows with β₁ at equal memory, in whatever order the rows stand", () => {
    expect(momentumWidens([cycle(0.9, 3), cycle(0, 1), cycle(0.5, 2), cycle(0.1, 0.5, 0.9)])).toBe(true);
  });

  it("does not where it shrinks once", () => {
    expect(momentumWidens([cycle(0, 1), cycle(0.5, 0.9), cycle(0.9, 3)])).toBe(false);
  });

  it("is not judged by conditions without a predicted cycle", () => {
    expect(momentumWidens([cycle(0, 1), row({ beta1: 0.5, measured: { ...unknown, radius: 0.1 } })])).toBe(true);
  });
});

describe("the reach of the law", () => {
  const cycle = (beta1: number, rho: number, smallness: number, measured: number) =>
    row({
      beta1,
      rho,
      smallness,
      measured: { ...unknown, radius: measured },
      predicted: { ...unknown, radius: 1 },
    });

  it("ends before the first condition that is off by more than 5 %, and knows where orbits outgrow it", () => {
    const rows = [cycle(0, 0.9, 0.4, 1.02), cycle(0, 0.99, 0.04, 1.001), cycle(0, 0.6, 1.6, 2), cycle(0, 0.3, 3, 9)];
    expect(reachOf(rows)).toEqual({ holds: 0.4, critical: [{ beta1: 0, beta2: 0.6 }] });
    expect(reachOf(rows.slice(0, 2))).toEqual({ holds: 0.4, critical: [{ beta1: 0, beta2: Number.NaN }] });
  });
});

describe("the ring GAN", () => {
  /** A mean that goes round a circle of some radius so many times in the last half of 800 steps. */
  const course = (optimizer: string, seed: number, turns: number, modes: number) => {
    const run = finishedRun({
      seed,
      condition: { optimizer },
      config: { game: { modes: 8, radius: 2 }, optimizer: { lr: 0.001, beta1: 0.9, beta2: 0.99 } },
      summary: { measured: { chatter: 0.1 * seed, modes, highQuality: 0.5, reverseKl: 0.1 } },
    });
    const angle = (t: number) => (2 * Math.PI * turns * t) / 400;
    const x = Float64Array.from({ length: 800 }, (_, t) => 3 * Math.cos(angle(t)));
    const y = Float64Array.from({ length: 800 }, (_, t) => 3 * Math.sin(angle(t)));
    const rotation = slowRotation(x.subarray(400), y.subarray(400));
    const spectrum = { frequencies: new Float64Array(), power: new Float64Array() };
    return { run, path: { seed, steps: x.map((_, i) => i + 1), x, y, spectrum, rotation } };
  };

  it("is gathered by optimizer over the seeds: who goes round, and how widely", () => {
    const [first, second] = ringRows([course("A", 1, 3, 8), course("B", 1, 0.5, 2), course("A", 2, 1, 7)]);
    expect(first).toMatchObject({ optimizer: "A", seeds: [1, 2], diverged: 0, beta1: 0.9, lr: 0.001 });
    expect(first.round).toEqual([true, false]);
    expect(first.share).toMatchObject({ estimate: 0.5 });
    expect(first.cycles).toHaveLength(1);
    expect(first.cycles[0]).toBeGreaterThan(2.5);
    expect(first.chatter.estimate).toBeCloseTo(0.1 * Math.SQRT2, 10);
    expect(first.modes).toMatchObject({ estimate: 7.5, high: 8 });
    expect(second).toMatchObject({ optimizer: "B", seeds: [1], round: [false], cycles: [] });
  });
});
