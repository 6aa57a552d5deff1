import { describe, expect, it } from "vitest";
import { type Complex, modulus } from "../../src/math/complex.js";
import { eigenvalues } from "../../src/math/eigenvalues.js";
import {
  dynamicsOf,
  extragradientEigenvalues,
  jacobianOf,
  type Linearisation,
  linearisation,
  lookaheadEigenvalues,
  type Order,
  proximalPointEigenvalues,
  stepEigenvalues,
} from "../../src/theory/bilinear.js";
import { consensusJacobian, flowDampingRatio, flowEigenvalues, slowest } from "../../src/theory/flow.js";
import { gradientDescent, heavyBall, type LinearMethod, nesterov, optimistic } from "../../src/theory/linear-method.js";
import { lookaheadMatrix, stepMatrix } from "../../src/theory/step-matrix.js";

const orders = ["simultaneous", "alternating"] as const;
const rotation: Linearisation = { coupling: 1, dissipation: [0, 0] };
const twice = (method: LinearMethod) => [method, method] as const;
const radius = (order: Order, method: LinearMethod, game = rotation) =>
  dynamicsOf(stepEigenvalues(game, order, twice(method))).spectralRadius;
const largest = (found: readonly Complex[]) => Math.max(...found.map(modulus));

const methods = {
  "gradient descent": gradientDescent,
  "heavy ball −0.5": (lr: number) => heavyBall(lr, -0.5),
  "heavy ball 0.9": (lr: number) => heavyBall(lr, 0.9),
  "average of 0.9": (lr: number) => heavyBall(lr, 0.9, 0.1),
  "Nesterov 0.5": (lr: number) => nesterov(lr, 0.5),
  "Nesterov 0.9, dampened": (lr: number) => nesterov(lr, 0.9, 0.3),
  optimistic: (lr: number) => optimistic(lr),
  "half optimistic": (lr: number) => optimistic(lr, 0.5),
};

/** Every eigenvalue of one list lies near one of the other, zeros aside: a matrix may have more of them. */
function expectSame(found: readonly Complex[], expected: readonly Complex[]) {
  const nonZero = (list: readonly Complex[]) => list.filter((z) => modulus(z) > 1e-6);
  expect(nonZero(found).length).toBe(nonZero(expected).length);
  for (const z of nonZero(found)) {
    expect(Math.min(...expected.map((other) => Math.hypot(z.re - other.re, z.im - other.im)))).toBeLessThan(1e-10);
  }
}

describe("the closed forms of linear methods", () => {
  it.each(
    orders.flatMap((order) =>
      Object.entries(methods).flatMap(([name, make]) => [0.01, 0.1, 0.6].map((a) => [order, name, a, make] as const)),
    ),
  )("equal the eigenvalues of the step matrix: %s, %s, a = %d", (order, _, a, make) => {
    for (const game of [rotation, { coupling: 0.7, dissipation: [0.3, 0.1] } as const]) {
      const pair = twice(make(a));
      const step = stepMatrix({
        jacobian: jacobianOf(game),
        firstPlayerSize: 1,
        order,
        methods: pair,
        firstPlayerSteps: 1,
      });
      expectSame(stepEigenvalues(game, order, pair), eigenvalues(step));
    }
  });

  it("hold for two methods at once", () => {
    const pair = [heavyBall(0.1, 0.5), optimistic(0.2)] as const;
    for (const order of orders) {
      const step = stepMatrix({
        jacobian: jacobianOf(rotation),
        firstPlayerSize: 1,
        order,
        methods: pair,
        firstPlayerSteps: 1,
      });
      expectSame(stepEigenvalues(rotation, order, pair), eigenvalues(step));
    }
  });

  it.each([
    ["optimistic", "simultaneous", optimistic(0.1), 0.994936153005, 0.100678960395],
    ["optimistic", "alternating", optimistic(0.1), 0.990001020094, 0.099529721654],
    ["Nesterov 0.5", "simultaneous", nesterov(0.1, 0.5), 1.033959945201, 0.187305766304],
  ] as const)("give the numbers of numeric step matrices at a = 0.1: %s, %s", (_, order, method, rho, theta) => {
    const found = dynamicsOf(stepEigenvalues(rotation, order, twice(method)));
    expect(Math.abs(found.spectralRadius - rho)).toBeLessThan(6e-13);
    expect(Math.abs(found.angle - theta)).toBeLessThan(6e-13);
  });

  it.each([0.01, 0.1, 0.5, 1.2])("are these formulas on the pure rotation, a = %d", (a) => {
    const gd = dynamicsOf(stepEigenvalues(rotation, "simultaneous", twice(gradientDescent(a))));
    expect(gd.spectralRadius).toBeCloseTo(Math.sqrt(1 + a * a), 14);
    expect(gd.angle).toBeCloseTo(Math.atan(a), 14);
    expectSame(stepEigenvalues(rotation, "alternating", twice(gradientDescent(a))), [
      { re: 1 - (a * a) / 2, im: a * Math.sqrt(1 - (a * a) / 4) },
      { re: 1 - (a * a) / 2, im: -a * Math.sqrt(1 - (a * a) / 4) },
    ]);
    expect(largest(extragradientEigenvalues(rotation, a))).toBeCloseTo(Math.sqrt(1 - a * a + a * a * a * a), 14);
    expect(largest(proximalPointEigenvalues(rotation, a))).toBeCloseTo(1 / Math.sqrt(1 + a * a), 14);
    const averaged = stepEigenvalues(rotation, "simultaneous", twice(heavyBall(a, 0.9, 0.1)));
    expectSame(averaged, stepEigenvalues(rotation, "simultaneous", twice(heavyBall(0.1 * a, 0.9))));
    const consensus = linearisation(consensusJacobian(jacobianOf(rotation), 0.3)) as Linearisation;
    expectSame(stepEigenvalues(consensus, "simultaneous", twice(gradientDescent(a))), [
      { re: 1 - 0.3 * a, im: a },
      { re: 1 - 0.3 * a, im: -a },
    ]);
    if (a <= 0.5) {
      // (1 ± 2ia ± √(1 − 4a²))/2
      const root = Math.sqrt(1 - 4 * a * a);
      const expected = [1, -1].flatMap((s) => [1, -1].map((r) => ({ re: (1 + r * root) / 2, im: s * a })));
      const found = stepEigenvalues(rotation, "simultaneous", twice(optimistic(a)));
      // At a = ½ the four eigenvalues are two double ones, known to half the digits.
      for (const z of found) {
        const gap = Math.min(...expected.map((other) => Math.hypot(z.re - other.re, z.im - other.im)));
        expect(gap).toBeLessThan(a === 0.5 ? 1e-7 : 1e-13);
      }
    }
  });

  it("give the growth h²(½ + τ) or h²τ to leading order, τ the gradients' mean age", () => {
    const lr = 1e-4;
    for (const [method, gain, age] of [
      [heavyBall(lr, 0.9), 10, 9],
      [heavyBall(lr, -0.5), 1 / 1.5, -1 / 3],
      [nesterov(lr, 0.5), 2, 0.5],
      [optimistic(lr), 1, -1],
    ] as const) {
      const h = lr * gain;
      for (const [order, s] of [
        ["simultaneous", 0.5],
        ["alternating", 0],
      ] as const) {
        expect(Math.abs(Math.log(radius(order, method)) / (h * h * (s + age)) - 1)).toBeLessThan(1e-3);
      }
    }
  });
});

describe("the stability limits on the bilinear game", () => {
  const { sqrt } = Math;
  const at = (order: Order, make: (a: number) => LinearMethod) => (a: number) => radius(order, make(a));
  it.each([
    ["heavy ball alternating, β = −0.5", 1, at("alternating", (a) => heavyBall(a, -0.5))],
    ["heavy ball alternating, β = −0.1", 1.8, at("alternating", (a) => heavyBall(a, -0.1))],
    ["average of −0.5 alternating", 2 / 3, at("alternating", (a) => heavyBall(a, -0.5, 1.5))],
    ["optimistic simultaneous", 1 / sqrt(3), at("simultaneous", (a) => optimistic(a))],
    ["optimistic alternating", 2 / 3, at("alternating", (a) => optimistic(a))],
    ["extragradient", 1, (a: number) => largest(extragradientEigenvalues(rotation, a))],
  ] as const)("%s: shrinks just below a = %d and grows just above", (_, limit, rho) => {
    expect(rho(limit * (1 - 1e-4))).toBeLessThan(1);
    expect(rho(limit * (1 + 1e-4))).toBeGreaterThan(1);
    expect(rho(limit / 100)).toBeLessThan(1);
  });

  it("gradient descent alternating keeps its radius below a = 2 and grows above", () => {
    for (const a of [0.01, 0.5, 1.999]) expect(radius("alternating", gradientDescent(a))).toBeCloseTo(1, 12);
    expect(radius("alternating", gradientDescent(2.001))).toBeGreaterThan(1.01);
  });

  it("gradient descent, heavy ball and Nesterov never converge simultaneously", () => {
    for (const a of [1e-3, 0.01, 0.1, 0.5, 1, 2]) {
      expect(radius("simultaneous", gradientDescent(a))).toBeGreaterThan(1);
      for (const beta of [-0.9, -0.5, -0.1, 0.1, 0.5, 0.9]) {
        expect(radius("simultaneous", heavyBall(a, beta))).toBeGreaterThan(1);
        expect(radius("simultaneous", nesterov(a, beta))).toBeGreaterThan(1);
      }
    }
  });

  it("the proximal point always converges", () => {
    for (const a of [1e-3, 0.1, 1, 10, 1000]) expect(largest(proximalPointEigenvalues(rotation, a))).toBeLessThan(1);
  });

  it.each([
    ["optimistic simultaneous", 0.5, Math.SQRT1_2, at("simultaneous", (a) => optimistic(a)), 1e-6],
    ["extragradient", Math.SQRT1_2, sqrt(3) / 2, (a: number) => largest(extragradientEigenvalues(rotation, a)), 1e-12],
  ] as const)("%s is fastest at a = %d, with ρ = %d", (_, best, rate, rho, tolerance) => {
    expect(Math.abs(rho(best) - rate)).toBeLessThan(tolerance);
    for (const factor of [0.5, 0.9, 0.99, 1.01, 1.1]) expect(rho(best * factor)).toBeGreaterThan(rate);
  });

  it("alternating heavy ball is fastest near a = 1.81667, β = −0.071797, with ρ = 0.4641016", () => {
    // Three eigenvalues meet at −ρ: β = 4√3 − 7, ρ = 2√3 − 3, a from the characteristic polynomial there.
    const [beta, rho] = [4 * sqrt(3) - 7, 2 * sqrt(3) - 3];
    const a = ((1 + rho) * (rho + beta)) / sqrt(rho * rho * rho);
    expect([a, beta, rho].map((value) => value.toPrecision(6))).toEqual(["1.81667", "-0.0717968", "0.464102"]);
    const best = radius("alternating", heavyBall(a, beta));
    // A triple eigenvalue keeps a third of the digits.
    expect(Math.abs(best - rho)).toBeLessThan(1e-4);
    for (const [da, db] of [
      [0.02, 0],
      [-0.02, 0],
      [0, 0.01],
      [0, -0.01],
      [0.02, -0.01],
      [-0.02, 0.01],
    ]) {
      expect(radius("alternating", heavyBall(a + da, beta + db))).toBeGreaterThan(best);
    }
  });
});

describe("lookahead", () => {
  const step = (order: Order, method: LinearMethod) =>
    stepMatrix({
      jacobian: jacobianOf(rotation),
      firstPlayerSize: 1,
      order,
      methods: twice(method),
      firstPlayerSteps: 1,
    });

  it.each(orders)("over gradient descent is 1 − α + α λᵏ, %s", (order) => {
    for (const [every, share] of [
      [5, 0.5],
      [6, 0.3],
      [1, 1],
    ]) {
      const own = stepEigenvalues(rotation, order, twice(gradientDescent(0.3)));
      const matrix = lookaheadMatrix(step(order, gradientDescent(0.3)), 2, every, share);
      expectSame(lookaheadEigenvalues(own, every, share), eigenvalues(matrix));
    }
  });

  it("makes gradient descent converge where it spirals out by itself", () => {
    const own = stepEigenvalues(rotation, "simultaneous", twice(gradientDescent(0.3)));
    expect(largest(own)).toBeGreaterThan(1);
    expect(largest(lookaheadEigenvalues(own, 5, 0.5))).toBeLessThan(1);
  });

  it("keeps what methods remember through the call back", () => {
    const matrix = lookaheadMatrix(step("alternating", heavyBall(0.1, 0.5)), 2, 3, 0.5);
    // By hand: three steps from each unit vector, then positions half way back to where they were.
    for (let unit = 0; unit < 4; unit++) {
      let [x, y, bx, by] = [0, 1, 2, 3].map((k) => (k === unit ? 1 : 0));
      const [x0, y0] = [x, y];
      for (let t = 0; t < 3; t++) {
        // s ← β s + g, θ ← θ − η (g + β s): what is remembered here is the buffer before the step's own gradient.
        const gx = y;
        x -= 0.1 * (gx + 0.5 * bx);
        bx = gx + 0.5 * bx;
        const gy = -x;
        y -= 0.1 * (gy + 0.5 * by);
        by = gy + 0.5 * by;
      }
      const expected = [x0 + 0.5 * (x - x0), y0 + 0.5 * (y - y0), bx, by];
      expected.forEach((value, i) => {
        expect(matrix.get(i, unit)).toBeCloseTo(value, 12);
      });
    }
  });
});

describe("the flow of a game", () => {
  it("has −G's eigenvalues, whatever its size, and keeps all digits where two coincide", () => {
    expect(flowEigenvalues(jacobianOf({ coupling: 0.5, dissipation: [1, 0] }))).toEqual([
      { re: -0.5, im: 0 },
      { re: -0.5, im: 0 },
    ]);
    const four = [
      [0.1, 0, 2, 0],
      [0, 0.3, 0, 1],
      [-2, 0, 0.1, 0],
      [0, -1, 0, 0.3],
    ];
    expectSame(flowEigenvalues(four), [
      { re: -0.1, im: 2 },
      { re: -0.1, im: -2 },
      { re: -0.3, im: 1 },
      { re: -0.3, im: -1 },
    ]);
    const mode = slowest(flowEigenvalues(four));
    expect(mode.re).toBeCloseTo(-0.1, 12);
    expect(mode.im).toBeCloseTo(2, 12);
    expect(flowDampingRatio(mode)).toBeCloseTo(0.1 / Math.hypot(0.1, 2), 12);
  });

  it("rotates only where the players want opposite things", () => {
    expect(
      linearisation([
        [0, 2],
        [-0.5, 1],
      ]),
    ).toEqual({ coupling: 1, dissipation: [0, 1] });
    expect(
      linearisation([
        [0, 2],
        [0.5, 1],
      ]),
    ).toBeNull();
  });
});
