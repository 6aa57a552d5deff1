import { describe, expect, it } from "vitest";
import { slicedWasserstein, squaredMmd } from "../../../gan/quality/distances.js";
import { neighbourhood } from "../../../gan/quality/neighbours.js";
import { RandomStream } from "../../../src/rng/random-stream.js";

const stream = () => new RandomStream(1, "evaluation");

function normals(rows: number, seed: number, shift = 0): Float64Array {
  const points = new Float64Array(2 * rows);
  new RandomStream(seed, "data").fillNormal(points);
  for (let i = 0; i < rows; i++) points[2 * i] += shift;
  return points;
}

/** Tight clusters far apart, with stragglers and repeated points: what a GAN draws on a ring. */
function clusters(rows: number, seed: number): Float32Array {
  const random = new RandomStream(seed, "data");
  const points = new Float32Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    const [deviation, mode] = [row % 5 === 0 ? 1 : 0.02, random.integer(4)];
    points[2 * row] = 3 * (mode % 2) + deviation * random.normal();
    points[2 * row + 1] = 3 * (mode >> 1) + deviation * random.normal();
  }
  return points.copyWithin(2, 0, 6);
}

const square = (a: Float32Array, i: number, b: Float32Array, j: number) => {
  const [dx, dy] = [a[2 * i] - b[2 * j], a[2 * i + 1] - b[2 * j + 1]];
  return dx * dx + dy * dy;
};

describe("the squared MMD", () => {
  it("leaves out only terms that change no bit", () => {
    const [x, y] = [clusters(400, 1), clusters(500, 2)];
    for (const bandwidth of [0.05, 0.2, 3]) {
      const sum = (a: Float32Array, b: Float32Array, end: (i: number) => number) => {
        let total = 0;
        for (let i = 0; i < a.length / 2; i++) {
          for (let j = 0; j < end(i); j++) total += Math.exp(-square(a, i, b, j) / (2 * bandwidth * bandwidth));
        }
        return total;
      };
      const within = (a: Float32Array) => (2 * sum(a, a, (i) => i)) / ((a.length / 2) * (a.length / 2 - 1));
      const plain = within(x) + within(y) - (2 * sum(x, y, () => 500)) / (400 * 500);
      expect(squaredMmd(x, y, bandwidth)).toBe(plain);
    }
    expect(squaredMmd(x, y.fill(Number.NaN, 0, 1), 1)).toBeNaN();
  });

  it("is the sum by hand for two points each", () => {
    const [x, y] = [
      [0, 0, 1, 0],
      [0, 1, 0, 2],
    ];
    const k = (square: number) => Math.exp(-square / 2);
    const expected = k(1) + k(1) - (2 * (k(1) + k(4) + k(2) + k(5))) / 4;
    expect(squaredMmd(x, y, 1)).toBeCloseTo(expected, 14);
  });

  it("is unbiased: zero on average for samples of the same distribution", () => {
    const values = Array.from({ length: 60 }, (_, i) => squaredMmd(normals(40, 2 * i + 1), normals(40, 2 * i + 2), 1));
    const mean = values.reduce((a, b) => a + b) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) * (v - mean), 0) / (values.length - 1));
    expect(Math.abs(mean)).toBeLessThan((3 * deviation) / Math.sqrt(values.length));
    expect(Math.min(...values)).toBeLessThan(0);
  });

  it("is the closed form for two normals apart", () => {
    // For N(0, I) and N(μ, I) in the plane with h = 1: 2/3 (1 − exp(−|μ|²/6)).
    const exact = (2 / 3) * (1 - Math.exp(-(2 * 2) / 6));
    expect(squaredMmd(normals(1500, 1), normals(1500, 2, 2), 1)).toBeCloseTo(exact, 1);
  });
});

describe("the sliced Wasserstein distance", () => {
  it("is zero for the same points in any order", () => {
    expect(slicedWasserstein([0, 0, 1, 2, 3, 1], [3, 1, 0, 0, 1, 2], stream())).toBe(0);
  });

  it("of a shift by d is d/√2, exactly, for evenly spaced directions", () => {
    const x = normals(200, 3);
    const y = x.map((value, i) => value + (i % 2 === 0 ? 3 : 4));
    expect(slicedWasserstein(x, y, stream())).toBeCloseTo(5 / Math.SQRT2, 10);
  });

  it("refuses samples of different sizes", () => {
    expect(() => slicedWasserstein([0, 0], [0, 0, 1, 1], stream())).toThrow(RangeError);
  });
});

describe("precision, recall, density and coverage", () => {
  it("are those of every pair compared", () => {
    const k = 5;
    const [x, y] = [clusters(300, 3), clusters(200, 4)];
    const rows = (points: Float32Array) => Array.from({ length: points.length / 2 }, (_, row) => row);
    const reach = (points: Float32Array) =>
      rows(points).map((i) => {
        const squares = rows(points).flatMap((j) => (i === j ? [] : [square(points, i, points, j)]));
        return squares.sort((a, b) => a - b)[k - 1];
      });
    const [reachX, reachY] = [reach(x), reach(y)];
    const inBallOf = (i: number) => rows(y).filter((j) => square(x, i, y, j) <= reachX[i]);
    const share = (of: Float32Array, inside: (row: number) => boolean) =>
      rows(of).filter(inside).length / rows(of).length;
    expect(neighbourhood(x, y, k)).toEqual({
      precision: share(y, (j) => rows(x).some((i) => square(x, i, y, j) <= reachX[i])),
      recall: share(x, (i) => rows(y).some((j) => square(x, i, y, j) <= reachY[j])),
      density: rows(x).reduce((sum, i) => sum + inBallOf(i).length, 0) / (k * 200),
      coverage: share(x, (i) => inBallOf(i).length > 0),
    });
  });

  it("are about 1, 1, 1 and 1 − 2⁻ᵏ for two samples of the same distribution", () => {
    const { precision, recall, density, coverage } = neighbourhood(normals(1000, 1), normals(1000, 2), 5);
    expect(precision).toBeGreaterThan(0.9);
    expect(recall).toBeGreaterThan(0.9);
    expect(density).toBeCloseTo(1, 1);
    expect(coverage).toBeCloseTo(1 - 1 / 32, 1);
  });

  it("tell a dropped mode: everything generated is good, half of the real is not covered", () => {
    const left = normals(300, 1, -50);
    const right = normals(300, 2, 50);
    const found = neighbourhood([...left, ...right], normals(600, 3, -50), 5);
    expect(found.precision).toBeGreaterThan(0.9);
    expect(found.recall).toBeLessThan(0.55);
    expect(found.coverage).toBeLessThan(0.55);
  });

  it("tell samples that are far from anything real", () => {
    expect(neighbourhood(normals(100, 1), normals(100, 2, 100), 3)).toEqual({
      precision: 0,
      recall: 0,
      density: 0,
      coverage: 0,
    });
  });

  it("are counted by hand on a line", () => {
    // k = 1: real balls of radius 1 around 0, 1, 3 (reach 2); generated 0.5 lies in those of 0 and 1, 100 and 101 in none.
    const { precision, density, coverage } = neighbourhood([0, 0, 1, 0, 3, 0], [0.5, 0, 100, 0, 101, 0], 1);
    expect(precision).toBeCloseTo(1 / 3, 12);
    expect(density).toBeCloseTo(2 / 3, 12);
    expect(coverage).toBeCloseTo(2 / 3, 12);
  });
});
