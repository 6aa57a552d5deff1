import { describe, expect, it } from "vitest";
import { amplitudeRows, chatterLaw, crest, regimesOf, slowCycleLaw } from "../../reports/damping/amplitude-rows.js";
import { chatterVerdict, noiseVerdict } from "../../reports/damping/amplitudes.js";
import { change } from "../../reports/damping/beta1.js";
import { crossoverRows, signChanges } from "../../reports/damping/crossover.js";
import { ringRows } from "../../reports/damping/ring.js";
import { type RotationRow, rotationRows, whereItDamps } from "../../reports/damping/rotation.js";
import { linearDynamics } from "../../src/theory/bilinear.js";
import { finishedRun } from "./finished-run.js";

const game = { coupling: 1, dissipation: 0 };

describe("the rotation under heavy ball", () => {
  it("is read as growth per step, the logarithm of the spectral radius", () => {
    const run = finishedRun({
      config: { order: "alternating" as const, game, optimizer: { lr: 0.1, momentum: -0.5 } },
      summary: {
        measured: { spectralRadius: Math.exp(-0.25), dampingRatio: 0.2 },
        predicted: { spectralRadius: 1, dampingRatio: 0 },
      },
    });
    const [row] = rotationRows([run]);
    expect(row).toMatchObject({ order: "alternating", beta: -0.5, predicted: { growth: 0, dampingRatio: 0 } });
    expect(row.measured.growth).toBeCloseTo(-0.25, 14);
  });

  const row = (order: RotationRow["order"], beta: number, growth: number): RotationRow => {
    const rates = { growth, dampingRatio: -growth };
    return { order, beta, measured: rates, predicted: rates };
  };
  const growing = [row("simultaneous", -0.5, 0.1), row("simultaneous", 0.5, 0.2), row("alternating", 0, 1e-16)];

  it("is said to die away where all measured rates of a kind fall, and only there", () => {
    expect(whereItDamps([...growing, row("alternating", -0.5, -0.1), row("alternating", 0.5, 0.1)])).toBe(
      "only alternating play with negative momentum damps the rotation",
    );
    expect(whereItDamps(growing)).toBe("no momentum damps the rotation");
  });

  it("is said to die away in part where some rates of a kind fall", () => {
    const some = [...growing, row("alternating", 0.2, -0.1), row("alternating", 0.5, 0.1), row("alternating", -1, -1)];
    expect(whereItDamps(some)).toBe(
      "only alternating play with negative momentum and alternating play with positive momentum, at some β, damps the rotation",
    );
  });
});

describe("the help of momentum", () => {
  /** Heavy ball in the form of an average on games of damping ratio ζ, in closed form. */
  const run = (zeta: number, momentum: number) => {
    const lr = 1e-4 * (1 - momentum);
    const coupling = Math.sqrt(1 - zeta * zeta);
    const dissipation = [zeta, zeta] as const;
    const { spectralRadius } = linearDynamics({ order: "simultaneous", lr, momentum, coupling, dissipation });
    return finishedRun({
      config: { game: { coupling, dissipation: zeta }, optimizer: { lr, momentum } },
      summary: { measured: { spectralRadius }, predicted: { spectralRadius } },
    });
  };
  const runs = [0.6, 0.8, 0.7, 0.72].flatMap((zeta) => [0, 0.5, 0.9].map((momentum) => run(zeta, momentum)));

  it("is what it adds to the decay of the same game without it", () => {
    const rows = crossoverRows(runs);
    expect(rows).toHaveLength(8);
    // To leading order 2ζ² − 1.
    expect(rows[0]).toMatchObject({ beta: 0.5 });
    expect(rows[0].zeta).toBeCloseTo(0.6, 10);
    expect(rows[0].measured).toBeCloseTo(-0.28, 2);
    expect(rows[2].measured).toBeCloseTo(0.28, 2);
  });

  it("changes its sign near 1/√2 for every β, in whatever order the games stand", () => {
    const changes = signChanges(crossoverRows(runs));
    expect(changes.map(({ beta }) => beta)).toEqual([0.5, 0.9]);
    for (const { zeta } of changes) expect(Math.abs(zeta - Math.SQRT1_2)).toBeLessThan(1e-3);
  });

  it("has no change of sign where it helps everywhere", () => {
    expect(signChanges([{ zeta: 0.8, beta: 0.5, measured: 1, predicted: 1 }])).toEqual([
      { beta: 0.5, zeta: Number.NaN },
    ]);
  });
});

describe("Adam's amplitudes", () => {
  const run = finishedRun({
    config: { order: "simultaneous" as const, optimizer: { lr: 0.01, beta1: 0.5, beta2: 0.999 }, gradientNoise: 0.1 },
    summary: { measured: { slowCycle: 1.5, chatter: 0.002, radius: 1.6 } },
  });

  it("are in units of the learning rate, beside 4√((½ + τ)/(1 − β₂)) and (1 − β₁)/(1 + β₁)/√2", () => {
    const [slow] = amplitudeRows([run], slowCycleLaw);
    expect(slow).toMatchObject({ beta1: 0.5, beta2: 0.999, noise: 0.1, measured: 150, distance: 160 });
    expect(slow.predicted).toBeCloseTo(4 * Math.sqrt(1.5 / 0.001), 8);
    const [chatter] = amplitudeRows([run], chatterLaw);
    expect(chatter.measured).toBeCloseTo(0.2, 12);
    expect(chatter.predicted).toBeCloseTo(1 / 3 / Math.SQRT2, 12);
  });

  const row = (beta1: number, beta2: number, noise: number, measured: number, distance = measured) => ({
    beta1,
    beta2,
    noise,
    measured,
    predicted: 1,
    distance,
  });

  it("are compared without momentum and with β₁ = 0.9 in each regime of memory and noise", () => {
    const rows = [row(0, 0.99, 0, 2), row(0.9, 0.99, 0, 1), row(0.5, 0.999, 0, 3)];
    expect(regimesOf(rows, ({ measured }) => measured)).toEqual([
      { beta2: 0.99, noise: 0, without: 2, strong: 1 },
      { beta2: 0.999, noise: 0, without: Number.NaN, strong: Number.NaN },
    ]);
  });

  it("damp chatter only where it falls in every regime, and all motion only where the distance falls", () => {
    const short = [row(0, 0.99, 0, 1), row(0.9, 0.99, 0, 0.1)];
    const long = [row(0, 0.999, 0, 0), row(0.9, 0.999, 0, 0.1)];
    expect(chatterVerdict(short, []).verdict).toBe("true");
    expect(chatterVerdict([...short, ...long], []).verdict).toBe("depends");
    expect(chatterVerdict(long, []).verdict).toBe("false");
    const noisy = [row(0, 0.99, 0.01, 1, 3.15), row(0.9, 0.99, 0.01, 0.1, 3.04)];
    expect(noiseVerdict(noisy).verdict).toBe("false");
    expect(noiseVerdict([noisy[0], row(0.9, 0.99, 0.01, 0.1, 1)]).verdict).toBe("true");
  });

  it("come in bursts where the largest excursion is far above the root mean square", () => {
    expect(crest([1, -1, 1, -1])).toBe(1);
    expect(crest([2, 0, 0, 0])).toBe(2);
    expect(crest([0, 0])).toBeNaN();
  });

  it("are said to grow or to shrink, by how many times", () => {
    expect([change("it", 2, 9), change("it", 9, 2)]).toEqual(["it grows 4.5-fold", "it shrinks to 1/4.5"]);
  });
});

describe("the ring GAN's amplitudes", () => {
  it("are gathered by β₁ over the seeds, with intervals that stay above zero, and divergence counted", () => {
    const run = (beta1: number, seed: number, chatter: number, diverged = false) =>
      finishedRun({
        seed,
        config: { order: "alternating", optimizer: { lr: 0.001, beta1, beta2: 0.99 } },
        outcome: diverged ? { kind: "diverged", step: 1, reason: "" } : { kind: "completed" },
        summary: { measured: { chatter, slowCycle: 2 * chatter } },
      });
    const rows = ringRows([run(0, 1, 1), run(0.9, 1, 0.5), run(0, 2, 3, true)]);
    expect(rows.map(({ beta1, seeds, diverged }) => [beta1, seeds, diverged])).toEqual([
      [0, 2, 1],
      [0.9, 1, 0],
    ]);
    expect(rows[0]).toMatchObject({ chatterOfSeeds: [1, 3] });
    expect(rows[0].chatter.estimate).toBeCloseTo(Math.sqrt(3), 12);
    expect(rows[0].slowCycle.estimate).toBeCloseTo(2 * Math.sqrt(3), 12);
  });
});
