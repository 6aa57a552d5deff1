import { describe, expect, it } from "vitest";
import { envelopeSlope, logarithmicDecrement, radii } from "../../src/dynamics/envelope.js";
import { modeDecomposition } from "../../src/dynamics/mode-decomposition.js";
import { bandAmplitude, dominant, periodogram, totalSpectrum } from "../../src/dynamics/spectrum.js";
import { winding } from "../../src/dynamics/winding.js";
import { leading, modulus } from "../../src/math/complex.js";
import { bands } from "../../src/theory/bands.js";
import { linearDynamics, type Order } from "../../src/theory/bilinear.js";
import { dampingRatio } from "../../src/theory/damping-ratio.js";

/** A path of (x, y) that is multiplied by ρ and turned by θ at every step. */
function spiral(rho: number, theta: number, steps: number) {
  const x = new Float64Array(steps);
  const y = new Float64Array(steps);
  for (let t = 0; t < steps; t++) {
    const r = Math.exp(t * Math.log(rho));
    x[t] = r * Math.cos(theta * t);
    y[t] = r * Math.sin(theta * t);
  }
  return { x, y };
}

function heavyBall(order: Order, a: number, beta: number, steps: number) {
  const xs = new Float64Array(steps);
  const ys = new Float64Array(steps);
  let [x, y, bx, by] = [1, 0.5, 0, 0];
  for (let t = 0; t < steps; t++) {
    xs[t] = x;
    ys[t] = y;
    const gy = x;
    bx = beta * bx + y;
    x -= a * bx;
    by = beta * by + (order === "alternating" ? x : gy);
    y += a * by;
  }
  return [xs, ys];
}

describe("dynamics measures", () => {
  it("count the turns of a spiral with their sign, past many turns", () => {
    const { x, y } = spiral(0.999, 0.1, 1001);
    expect(winding(x, y)).toBeCloseTo(100 / (2 * Math.PI), 10);
    expect(winding(y, x)).toBeCloseTo(-100 / (2 * Math.PI), 10);
    const moved = { x: x.map((v) => v + 3), y: y.map((v) => v - 2) };
    expect(winding(moved.x, moved.y, 3, -2)).toBeCloseTo(100 / (2 * Math.PI), 10);
  });

  it("find the rate of growth from the envelope", () => {
    const { x, y } = spiral(1.01, 0.3, 500);
    expect(envelopeSlope(radii(x, y))).toBeCloseTo(Math.log(1.01), 12);
  });

  it.each([
    [0.99, 0.05, 2e-7],
    [0.999, 0.05, 2e-8],
    [0.999, 0.1, 7e-7],
    [0.99, 0.01, 2e-8],
    [1.001, 0.05, 2e-8],
    [0.9, 0.2, 2e-5],
    [0.98, 0.3, 2e-5],
  ])("find the damping ratio of a spiral from successive maxima, ρ = %d, θ = %d, to %d", (rho, theta, tolerance) => {
    const exact = dampingRatio(rho, theta);
    const { x } = spiral(rho, theta, Math.ceil((12 * 2 * Math.PI) / theta));
    // Wherever in a turn the first sample lies.
    for (let skipped = 0; skipped < 2 * Math.PI; skipped += 0.7) {
      const found = logarithmicDecrement(x.subarray(Math.round(skipped / theta)));
      expect(Math.abs((found?.dampingRatio as number) - exact)).toBeLessThan(tolerance);
      const decrement = (-2 * Math.PI * Math.log(rho)) / theta;
      expect(Math.abs((found?.decrement as number) - decrement)).toBeLessThan(10 * tolerance);
    }
  });

  it("find no damping ratio without two maxima", () => {
    expect(logarithmicDecrement([1, 0.5, 0.2, 0.1])).toBeNull();
    expect(logarithmicDecrement([0, 1, 0, -1, 0])).toBeNull();
  });

  it.each(
    (["simultaneous", "alternating"] as const).flatMap((order) =>
      [0.01, 0.1, 0.5].flatMap((a) => [-0.5, 0, 0.5, 0.9].map((beta) => [order, a, beta] as const)),
    ),
  )("recover the eigenvalue of heavy ball, %s, a = %d, β = %d, to 1e-10", (order, a, beta) => {
    const signals = heavyBall(order, a, beta, 200);
    const z = leading(modeDecomposition(signals, beta === 0 ? 1 : 2));
    const exact = linearDynamics({ order, lr: a, momentum: beta, coupling: 1, dissipation: [0, 0] });
    expect(Math.abs(modulus(z) - exact.spectralRadius)).toBeLessThan(1e-10);
    expect(Math.abs(Math.atan2(z.im, z.re) - exact.angle)).toBeLessThan(1e-10);
  });

  it("separate chatter from the slow cycle and give each its amplitude", () => {
    const n = 4096;
    const flip = (t: number) => (t % 2 === 0 ? 0.1 : -0.1);
    const x = Float64Array.from({ length: n }, (_, t) => 5 + 2 * Math.sin((2 * Math.PI * t) / 400) + flip(t));
    const y = Float64Array.from({ length: n }, (_, t) => -3 + 2 * Math.cos((2 * Math.PI * t) / 400));
    const spectra = [periodogram(x), periodogram(y)];
    expect(bandAmplitude(spectra, bands.slowCycle)).toBeCloseTo(2, 1);
    expect(bandAmplitude(spectra, bands.chatter)).toBeCloseTo(0.1, 2);
    const period = dominant(totalSpectrum(spectra)).period;
    expect(period).toBeGreaterThan(380);
    expect(period).toBeLessThan(420);
  });

  it("scale the periodogram so that its sum is the variance, also for lengths that are no power of two", () => {
    const signal = Float64Array.from({ length: 1000 }, (_, t) => Math.sin(t) + 0.3 * Math.cos(0.1 * t) + 7);
    const level = signal.reduce((a, b) => a + b) / 1000;
    const variance = signal.reduce((sum, v) => sum + (v - level) * (v - level), 0) / 1000;
    expect(periodogram(signal).power.reduce((a, b) => a + b)).toBeCloseTo(variance, 10);
    expect(dominant(periodogram(new Float64Array(64))).share).toBe(0);
  });
});
