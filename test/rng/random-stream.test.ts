import fc from "fast-check";
import seedrandom from "seedrandom";
import { describe, expect, it } from "vitest";
import { RandomStream } from "../../src/rng/random-stream.js";

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const names = fc.constantFrom("init", "env", "drift", "policy", "data", "latent");
const seeds = fc.integer({ min: 0, max: 1e9 });

/** The probability of an interval under the standard normal, by Simpson's rule. */
function normalProbability(low: number, high: number): number {
  const intervals = 1000;
  const width = (high - low) / intervals;
  let sum = 0;
  for (let i = 0; i <= intervals; i++) {
    const x = low + i * width;
    sum += (i === 0 || i === intervals ? 1 : i % 2 === 0 ? 2 : 4) * Math.exp(-0.5 * x * x);
  }
  return (sum * width) / 3 / Math.sqrt(2 * Math.PI);
}

/** A mixture of draws. */
function consume(stream: RandomStream, count: number): number[] {
  return draws(count, () => stream.uniform() + stream.normal() + stream.integer(10) + stream.categorical([1, 2, 3]));
}

describe("a random stream", () => {
  it("gives the recorded numbers", () => {
    const stream = new RandomStream(1, "env");
    expect(draws(3, () => stream.uniform())).toEqual([0.6066128218080848, 0.5879958907607943, 0.76030382537283]);
    expect(draws(3, () => stream.normal())).toEqual([0.2589012384356194, -0.76246223747471, 1.009708243708981]);
    expect(draws(5, () => stream.integer(100))).toEqual([16, 82, 70, 55, 80]);
    expect(Array.from(stream.permutation(6))).toEqual([1, 0, 5, 3, 2, 4]);
  });

  it("is seedrandom's Alea", () => {
    const stream = new RandomStream(3, "data");
    const alea = seedrandom.alea("3/data", { state: true });
    for (let i = 0; i < 10_000; i++) expect(stream.uniform()).toBe(alea());
    expect(stream.save()).toEqual(alea.state());
  });

  it("repeats itself for an equal seed and name", () => {
    fc.assert(
      fc.property(seeds, names, (seed, name) => {
        expect(consume(new RandomStream(seed, name), 5)).toEqual(consume(new RandomStream(seed, name), 5));
      }),
      { seed: 1 },
    );
  });

  it("shares no number with the stream of another seed or name", () => {
    fc.assert(
      fc.property(seeds, seeds, names, names, (seedA, seedB, nameA, nameB) => {
        fc.pre(seedA !== seedB || nameA !== nameB);
        const [a, b] = [new RandomStream(seedA, nameA), new RandomStream(seedB, nameB)];
        const seen = new Set(draws(50, () => a.uniform()));
        // Two of 50 × 50 pairs of 32-bit numbers agree by chance once in 3·10⁶ such tests.
        expect(draws(50, () => b.uniform()).filter((value) => seen.has(value)).length).toBeLessThan(2);
      }),
      { seed: 1 },
    );
  });

  it("is uncorrelated with the streams of other names", () => {
    const count = 10_000;
    const [a, b] = [new RandomStream(1, "env"), new RandomStream(1, "env/1")].map((stream) =>
      draws(count, () => stream.uniform(-1, 1)),
    );
    const correlation = mean(a.map((value, i) => value * b[i])) * 3;
    expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(count));
  });

  it("goes on with the same bits after save and restore", () => {
    fc.assert(
      fc.property(seeds, fc.nat({ max: 9 }), (seed, consumed) => {
        const stream = new RandomStream(seed, "policy");
        for (let i = 0; i < consumed; i++) stream.normal();
        const saved = JSON.parse(JSON.stringify(stream.save()));
        const expected = consume(stream, 7);
        const other = new RandomStream(seed + 1, "data");
        other.normal();
        other.restore(saved);
        expect(consume(other, 7)).toEqual(expected);
        stream.restore(saved);
        expect(consume(stream, 7)).toEqual(expected);
      }),
      { seed: 1 },
    );
  });

  it("saves a state that later draws leave alone", () => {
    const stream = new RandomStream(1, "policy");
    const saved = stream.save();
    const copy = structuredClone(saved);
    consume(stream, 10);
    expect(saved).toEqual(copy);
  });
});

describe("uniform", () => {
  it("lies in its bounds, with their mean and variance", () => {
    const stream = new RandomStream(1, "data");
    const values = draws(100_000, () => stream.uniform(-2, 6));
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...values.slice(0, 50_000))).toBeLessThan(6);
    const deviation = 8 / Math.sqrt(12);
    expect(Math.abs(mean(values) - 2)).toBeLessThan((5 * deviation) / Math.sqrt(100_000));
    expect(mean(values.map((value) => (value - 2) * (value - 2)))).toBeCloseTo(64 / 12, 1);
  });

  it("fills vectors with what single draws give", () => {
    const [a, b] = [new RandomStream(5, "data"), new RandomStream(5, "data")];
    const vector = new Float64Array(9);
    a.fillUniform(vector, 1, 3);
    expect(Array.from(vector)).toEqual(draws(9, () => b.uniform(1, 3)));
  });
});

describe("integer", () => {
  it("gives each of 0 … n − 1 its share", () => {
    const stream = new RandomStream(1, "data");
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 70_000; i++) counts[stream.integer(7)]++;
    // Five binomial standard deviations.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt((70_000 * 6) / 49));
    expect(counts).toHaveLength(7);
  });
});

describe("normal", () => {
  it("has the first four moments of the standard normal, and independent neighbours", () => {
    const stream = new RandomStream(1, "data");
    const count = 100_000;
    const values = draws(count, () => stream.normal());
    const moment = (k: number) => mean(values.map((value) => value ** k));
    // Five standard errors; the moment of order k has variance E[x²ᵏ] − E[xᵏ]².
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / count));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / count));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
    const neighbours = mean(values.slice(1).map((value, i) => value * values[i]));
    expect(Math.abs(neighbours)).toBeLessThan(5 * Math.sqrt(1 / count));
  });

  it("fills every fifth of a deviation as the normal does, the tails beyond the layers too", () => {
    const stream = new RandomStream(2, "data");
    const count = 2_000_000;
    const bins = new Float64Array(50);
    for (let i = 0; i < count; i++) bins[Math.min(49, Math.max(0, Math.floor(5 * stream.normal() + 25)))]++;
    let chiSquare = 0;
    bins.forEach((seen, bin) => {
      const [low, high] = [bin === 0 ? -9 : bin / 5 - 5, bin === 49 ? 9 : (bin + 1) / 5 - 5];
      const expected = count * normalProbability(low, high);
      chiSquare += ((seen - expected) * (seen - expected)) / expected;
    });
    // 49 degrees of freedom: mean 49, deviation 9.9.
    expect(chiSquare).toBeLessThan(49 + 4 * 9.9);
    expect(chiSquare).toBeGreaterThan(49 - 4 * 9.9);
  });

  it("fills vectors with what single draws give, shifted and scaled, rare draws too", () => {
    const [a, b] = [new RandomStream(5, "data"), new RandomStream(5, "data")];
    const vector = new Float32Array(5000);
    a.fillNormal(vector, 2, 0.5);
    expect(Array.from(vector)).toEqual(draws(5000, () => Math.fround(2 + 0.5 * b.normal())));
    expect(a.save()).toEqual(b.save());
  });

  it("fills no more entries than asked", () => {
    const stream = new RandomStream(5, "data");
    const vector = new Float64Array(5);
    stream.fillNormal(vector, 0, 1, 3);
    expect(Array.from(vector.subarray(3))).toEqual([0, 0]);
    expect(Array.from(vector.subarray(0, 3))).not.toContain(0);
  });
});

describe("categorical", () => {
  it("draws each index as often as its weight says, whatever the weights' sum", () => {
    const stream = new RandomStream(1, "policy");
    const weights = [3, 0, 1, 6];
    const counts = [0, 0, 0, 0];
    const count = 100_000;
    for (let i = 0; i < count; i++) counts[stream.categorical(weights)]++;
    expect(counts[1]).toBe(0);
    weights.forEach((weight, i) => {
      const share = weight / 10;
      expect(Math.abs(counts[i] - count * share)).toBeLessThanOrEqual(5 * Math.sqrt(count * share * (1 - share)));
    });
  });

  it("reads a window of a larger array", () => {
    fc.assert(
      fc.property(fc.nat({ max: 5 }), fc.integer({ min: 1, max: 5 }), seeds, (offset, count, seed) => {
        const all = Float64Array.from({ length: 12 }, (_, i) => ((i * 7) % 5) + 0.5);
        const [a, b] = [new RandomStream(seed, "policy"), new RandomStream(seed, "policy")];
        for (let i = 0; i < 20; i++)
          expect(a.categorical(all, offset, count)).toBe(b.categorical(all.slice(offset, offset + count)));
      }),
      { seed: 1 },
    );
  });

  it("always finds the only index with a weight", () => {
    fc.assert(
      fc.property(fc.nat({ max: 6 }), seeds, (index, seed) => {
        const weights = new Float32Array(7);
        weights[index] = 1e-3;
        expect(new RandomStream(seed, "policy").categorical(weights)).toBe(index);
      }),
      { seed: 1 },
    );
  });
});

describe("permutation", () => {
  it("is a permutation, in the given vector", () => {
    fc.assert(
      fc.property(fc.nat({ max: 50 }), seeds, (n, seed) => {
        const out = new Int32Array(n);
        expect(new RandomStream(seed, "data").permutation(n, out)).toBe(out);
        expect(Array.from(out).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
      }),
      { seed: 1 },
    );
  });

  it("gives each order its share", () => {
    const stream = new RandomStream(1, "data");
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = stream.permutation(4).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(1000));
  });
});
