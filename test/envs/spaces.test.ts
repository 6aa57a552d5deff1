import { describe, expect, it } from "vitest";
import { Box, Discrete, MultiBinary, MultiDiscrete, make } from "../../envs/index.js";
import { InputError } from "../../src/config/input-error.js";
import { RandomStream } from "../../src/rng/random-stream.js";

describe("Discrete", () => {
  it("holds its integers from start and nothing else", () => {
    const space = new Discrete(3, -1);
    expect([-2, -1, 0, 1, 2].map((x) => space.contains(x))).toEqual([false, true, true, true, false]);
    for (const x of [0.5, "0", null, undefined, Number.NaN, [0]]) expect(space.contains(x)).toBe(false);
  });

  it("samples all of them equally, from the given stream alone", () => {
    const space = new Discrete(3, 5);
    const counts = [0, 0, 0];
    const stream = new RandomStream(1, "policy");
    for (let i = 0; i < 9000; i++) counts[space.sample(stream) - 5]++;
    for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(4 * Math.sqrt(2000));
    expect(space.sample(new RandomStream(2, "policy"))).toBe(space.sample(new RandomStream(2, "policy")));
  });
});

describe("Box", () => {
  const infinity = Number.POSITIVE_INFINITY;
  const space = new Box([-1, 2, -infinity, -infinity], [1, infinity, 3, infinity]);

  it("checks length, bounds and numbers", () => {
    expect(space.contains([0, 2, 3, 1e30])).toBe(true);
    expect(space.contains(new Float32Array([-1, 5, -7, 0]))).toBe(true);
    for (const x of [[0, 2, 3], [1.1, 2, 3, 0], [0, 1.9, 3, 0], [0, 2, 3.1, 0], [0, 2, 3, Number.NaN], 0, "0230"]) {
      expect(space.contains(x)).toBe(false);
    }
  });

  it("samples within its bounds and fills what has none", () => {
    const stream = new RandomStream(1, "policy");
    const samples = Array.from({ length: 4000 }, () => space.sample(stream));
    for (const sample of samples) expect(space.contains(sample)).toBe(true);
    const mean = (entry: number) => samples.reduce((sum, sample) => sum + sample[entry], 0) / samples.length;
    expect(mean(0)).toBeCloseTo(0, 1);
    expect(mean(1)).toBeCloseTo(3, 1);
    expect(mean(2)).toBeCloseTo(2, 1);
    expect(mean(3)).toBeCloseTo(0, 1);
    expect(samples.some((sample) => sample[3] > 2) && samples.some((sample) => sample[3] < -2)).toBe(true);
  });
});

describe("MultiDiscrete and MultiBinary", () => {
  it("hold vectors of the right length, whole numbers and range", () => {
    const space = new MultiDiscrete([2, 3], [0, 5]);
    expect(space.contains([1, 7])).toBe(true);
    expect(space.contains(Int32Array.of(0, 5))).toBe(true);
    for (const x of [[2, 5], [0, 4], [0, 8], [0.5, 5], [0], [0, 5, 0], 0, null, "05"]) {
      expect(space.contains(x)).toBe(false);
    }
    const bits = new MultiBinary(3);
    expect(bits.contains([0, 1, 1])).toBe(true);
    for (const x of [[0, 1], [0, 1, 2], [0, 1, 0.5], [0, 1, Number.NaN], 1]) expect(bits.contains(x)).toBe(false);
  });

  it("sample every element, equally often", () => {
    const stream = new RandomStream(1, "policy");
    for (const [space, elements] of [
      [new MultiDiscrete([2, 3], [0, 5]), 6],
      [new MultiBinary(3), 8],
    ] as const) {
      const counts = new Map<string, number>();
      for (let i = 0; i < 1000 * elements; i++) {
        const sample = space.sample(stream);
        expect(space.contains(sample)).toBe(true);
        counts.set(String(sample), (counts.get(String(sample)) ?? 0) + 1);
      }
      expect(counts.size).toBe(elements);
      for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000));
    }
  });

  it("come back from their flat form", () => {
    expect([...new MultiDiscrete([2, 3], [0, 5]).unflatten([0, 1, 0, 0, 1])]).toEqual([1, 7]);
    expect([...new MultiBinary(3).unflatten([0, 1, 1])]).toEqual([0, 1, 1]);
    expect(new Discrete(4, 2).unflatten([0, 0, 1, 0])).toBe(4);
  });
});

describe("seeding a space", () => {
  const spaces = [new Discrete(100), new Box([0], [1]), new MultiDiscrete([50, 50]), new MultiBinary(20)];

  it.each(spaces)("fixes the samples of %s and moves no clone's", (space) => {
    const draw = () => Array.from({ length: 5 }, () => String(space.sample()));
    space.seed(3);
    const first = draw();
    const clone = space.clone();
    clone.seed(3);
    clone.sample();
    space.seed(3);
    expect(draw()).toEqual(first);
    space.seed(4);
    expect(draw()).not.toEqual(first);
    expect(() => space.seed(-1)).toThrow(InputError);
  });

  it("of one environment leaves another's alone", () => {
    const [one, other] = [make("CartPole-v1"), make("CartPole-v1")];
    const expected = Array.from({ length: 20 }, () => make("CartPole-v1").actionSpace.sample())[0];
    one.actionSpace.seed(5);
    one.actionSpace.sample();
    expect(other.actionSpace.sample()).toBe(expected);
  });
});

describe("a space that cannot be", () => {
  it.each([
    [() => new Discrete(0), "Discrete: n: expected a positive integer, found 0"],
    [() => new Discrete(2, 0.5), "Discrete: start"],
    [() => new Box([0], [0, 1]), "Box: expected lower bounds"],
    [() => new Box([2], [1]), "found [2] and [1]"],
    [() => new Box([Number.NaN], [1]), "Box"],
    [() => new Box([], []), "Box"],
    [() => new MultiDiscrete([2, -1]), "MultiDiscrete: counts.1"],
    [() => new MultiDiscrete([2, 2], [0]), "MultiDiscrete: starts: expected 2 integers"],
    [() => new MultiBinary(1.5), "MultiBinary: n"],
  ])("is refused: %s", (create, message) => {
    expect(create).toThrow(InputError);
    expect(create).toThrow(message);
  });
});

describe("a space of vectors", () => {
  it("holds numbers only, not what JavaScript would take for one", () => {
    for (const space of [new Box([0], [2]), new MultiDiscrete([3]), new MultiBinary(1)]) {
      expect(space.contains([1])).toBe(true);
      for (const x of [["1"], [[1]], [true], [null]]) expect(space.contains(x)).toBe(false);
    }
  });
});
