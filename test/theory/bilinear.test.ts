import { describe, expect, it } from "vitest";
import {
  dynamicsOf,
  extragradientEigenvalues,
  linearDynamics,
  momentumCrossover,
  type Order,
} from "../../src/theory/bilinear.js";

const play = (order: Order, lr: number, momentum: number, dissipation = 0) =>
  linearDynamics({ order, lr, momentum, coupling: 1, dissipation: [dissipation, dissipation] });

/** a, β, ρ and θ simultaneous, ρ and θ alternating: from numeric step matrices. */
const table: readonly [number, number, number, number, number, number][] = [
  [0.01, -0.5, 1.000007407636, 0.006666699589, 0.999985185112, 0.006666662551],
  [0.01, 0.9, 1.030486232, 0.063691868121, 1.029589192043, 0.065284008983],
  [0.1, -0.5, 1.000743033427, 0.066699591566, 0.998517789101, 0.066662464939],
  [0.1, 0, 1.004987562112, 0.099668652491, 1, 0.100041713612],
  [0.1, 0.5, 1.045687392153, 0.177125929665, 1.032296507135, 0.185692228751],
  [0.1, 0.9, 1.198286232231, 0.225513405898, 1.19214156393, 0.250392434595],
];

describe("the closed form of heavy ball on the bilinear game", () => {
  it.each(table)("equals the step matrix's eigenvalues at a = %d, β = %d", (a, beta, rSim, tSim, rAlt, tAlt) => {
    expect(play("simultaneous", a, beta).spectralRadius).toBeCloseTo(rSim, 12);
    expect(play("simultaneous", a, beta).angle).toBeCloseTo(tSim, 12);
    expect(play("alternating", a, beta).spectralRadius).toBeCloseTo(rAlt, 12);
    expect(play("alternating", a, beta).angle).toBeCloseTo(tAlt, 12);
  });

  it("never converges simultaneously, and alternately only with negative momentum and a < 2(1 + β)", () => {
    for (const a of [0.01, 0.1, 0.5]) {
      for (const beta of [-0.5, -0.1, 0, 0.5, 0.9])
        expect(play("simultaneous", a, beta).spectralRadius).toBeGreaterThan(1);
      for (const beta of [-0.5, -0.1]) expect(play("alternating", a, beta).spectralRadius).toBeLessThan(1);
      for (const beta of [0.1, 0.5, 0.9]) expect(play("alternating", a, beta).spectralRadius).toBeGreaterThan(1);
    }
    expect(play("alternating", 0.99, -0.5).spectralRadius).toBeLessThan(1);
    expect(play("alternating", 1.01, -0.5).spectralRadius).toBeGreaterThan(1);
  });

  it("gives momentum a damping effect exactly where the game's own damping ratio exceeds 1/√2", () => {
    const rate = (order: Order, zeta: number, beta: number) => {
      const angle = Math.acos(zeta);
      // Equal effective rate: η scaled by 1 − β.
      return linearDynamics({
        order,
        lr: 0.001 * (1 - beta),
        momentum: beta,
        coupling: Math.sin(angle),
        dissipation: [zeta, zeta],
      }).spectralRadius;
    };
    for (const order of ["simultaneous", "alternating"] as const) {
      let [low, high] = [0.6, 0.8];
      while (high - low > 1e-5) {
        const zeta = (low + high) / 2;
        if (rate(order, zeta, 0.5) < rate(order, zeta, 0)) high = zeta;
        else low = zeta;
      }
      expect(Math.abs(low - momentumCrossover)).toBeLessThan(0.001);
    }
  });

  it("gives extragradient 1 − a² ± ia: stable for a < 1, fastest at 1/√2", () => {
    const at = (lr: number) => dynamicsOf(extragradientEigenvalues({ coupling: 1, dissipation: [0, 0] }, lr));
    expect(at(0.1).spectralRadius).toBeCloseTo(0.995037687728, 12);
    expect(at(0.1).angle).toBeCloseTo(0.100668652158, 12);
    expect(at(Math.SQRT1_2).spectralRadius).toBeCloseTo(Math.sqrt(3) / 2, 14);
    for (const lr of [0.6, 0.8]) expect(at(lr).spectralRadius).toBeGreaterThan(at(Math.SQRT1_2).spectralRadius);
    expect([at(0.99).spectralRadius < 1, at(1.01).spectralRadius > 1]).toEqual([true, true]);
    // Real eigenvalues of an overdamped game: μ = 1 and 4 at η = 0.1.
    const [slow, fast] = extragradientEigenvalues({ coupling: 2, dissipation: [5, 0] }, 0.1).sort(
      (a, b) => b.re - a.re,
    );
    expect([slow.re, fast.re, slow.im]).toEqual([expect.closeTo(0.91, 12), expect.closeTo(0.76, 12), 0]);
  });
});
