import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { functions } from "../../src/kernels/engine.js";
import { createWasmEngine } from "../../src/kernels/wasm.js";
import { RandomStream } from "../../src/rng/random-stream.js";

const engine = createWasmEngine();
const size = 40_000;
const [input, output] = [engine.allocate(size), engine.allocate(size)];

const exact = {
  exp: Math.exp,
  log: Math.log,
  sigmoid: (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  softplus: (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  tanh: Math.tanh,
};

/** The distance in units of the last place that a float32 of this size has. */
function unitsOff(actual: number, wanted: number): number {
  const unit = 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(wanted)))) - 23);
  return Math.abs(actual - wanted) / unit;
}

function worst(name: keyof typeof exact, xs: (i: number) => number): number {
  for (let i = 0; i < size; i++) input[i] = xs(i / size);
  engine.apply(name, input, output);
  let most = 0;
  for (let i = 0; i < size; i++) {
    const wanted = exact[name](input[i]);
    const off = wanted === 0 ? Math.abs(output[i]) / 2 ** -149 : unitsOff(output[i], wanted);
    if (!(off <= most)) most = off;
  }
  return most;
}

const one = (name: keyof typeof exact, x: number) => {
  const vector = engine.allocate(1).fill(x);
  engine.apply(name, vector, vector);
  return vector[0];
};

describe("functions of each element", () => {
  it.each([
    ["exp", -87, 88.7, 2],
    ["exp", -1, 1, 2],
    ["log", 1e-38, 1, 2],
    ["log", 0.9, 1.1, 2],
    ["log", 1, 3e38, 2],
    ["sigmoid", -80, 80, 3],
    ["softplus", -80, 80, 3],
    ["softplus", -3, 3, 3],
  ] as const)("stay close: %s from %d to %d within %d units in the last place", (name, low, high, bound) => {
    expect(worst(name, (share) => low + (high - low) * share)).toBeLessThan(bound);
  });

  it("are exact in the limits", () => {
    const infinity = Number.POSITIVE_INFINITY;
    expect(one("exp", infinity)).toBe(infinity);
    expect(one("exp", 100)).toBe(infinity);
    expect(one("exp", -infinity)).toBeLessThan(1e-44);
    expect(one("exp", 0)).toBe(1);
    expect(one("log", 0)).toBe(-infinity);
    expect(one("log", 1)).toBe(0);
    expect(one("log", infinity)).toBe(infinity);
    expect(one("log", -1)).toBeNaN();
    expect(one("log", -infinity)).toBeNaN();
    expect(one("log", 1e-40)).toBeCloseTo(Math.log(1e-40), 3);
    expect(one("sigmoid", infinity)).toBe(1);
    expect(one("sigmoid", -infinity)).toBeLessThan(1e-44);
    expect(one("sigmoid", 0)).toBe(0.5);
    expect(one("softplus", infinity)).toBe(infinity);
    expect(one("softplus", 1000)).toBe(1000);
    expect(one("softplus", -infinity)).toBeLessThan(1e-44);
  });

  it.each(functions)("carry a NaN through: %s", (name) => {
    expect(one(name, Number.NaN)).toBeNaN();
  });

  it("do not depend on what stands beside an element", () => {
    const stream = new RandomStream(1, "data");
    fc.assert(
      fc.property(fc.nat({ max: 19 }), fc.nat({ max: 3 }), fc.constantFrom(...functions), (count, skew, name) => {
        const from = input.subarray(skew, skew + count);
        stream.fillNormal(from, 0, 10);
        const to = output.subarray(skew, skew + count);
        output.fill(7);
        engine.apply(name, from, to);
        expect(Array.from(to)).toEqual(Array.from(from, (x) => one(name, x)));
        expect(output[skew + count]).toBe(7);
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe("measures of a vector", () => {
  it.each([0, 1, 3, 8, 17, 1000])("say whether all %d elements are finite", (count) => {
    const vector = engine.allocate(count + 1).subarray(1);
    vector.fill(1e38);
    expect(engine.isFinite(vector)).toBe(true);
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (let i = 0; i < count; i += 7) {
        vector[i] = value;
        expect(engine.isFinite(vector)).toBe(false);
        vector[i] = 0;
      }
    }
  });
});

describe("normals", () => {
  it("are those of the stream, rare ones too, and leave it where it would be", () => {
    for (const [count, mean, deviation] of [
      [0, 0, 1],
      [1, 0, 1],
      [5000, 0, 1],
      [513, 2, 0.1],
    ]) {
      const [ours, theirs] = [new RandomStream(4, "latent"), new RandomStream(4, "latent")];
      const filled = engine.allocate(count);
      const wanted = new Float32Array(count);
      engine.fillNormal(ours, filled, mean, deviation);
      theirs.fillNormal(wanted, mean, deviation);
      expect(Array.from(filled)).toEqual(Array.from(wanted));
      expect(ours.save()).toEqual(theirs.save());
    }
  });
});

describe("uniforms", () => {
  it("are those of the stream, and leave it where it would be", () => {
    const [ours, theirs] = [new RandomStream(4, "latent"), new RandomStream(4, "latent")];
    const filled = engine.allocate(1001);
    const wanted = new Float32Array(1001);
    engine.fillUniform(ours, filled, -2, 3);
    theirs.fillUniform(wanted, -2, 3);
    expect(Array.from(filled)).toEqual(Array.from(wanted));
    expect(ours.save()).toEqual(theirs.save());
  });
});

describe("softmax", () => {
  const rowsOf = (values: Float32Array, columns: number) =>
    Array.from({ length: values.length / columns }, (_, row) => values.subarray(row * columns, (row + 1) * columns));

  it.each([
    [0, 3],
    [1, 1],
    [3, 2],
    [5, 3],
    [17, 5],
    [64, 4],
  ])("of %d rows of %d logits is close to that in double precision", (rows, columns) => {
    const [logits, logP, p] = Array.from({ length: 3 }, () => engine.allocate(rows * columns + 1).subarray(1));
    new RandomStream(3, "data").fillNormal(logits, 0, 10);
    engine.softmax(rows, columns, logits, logP, p);
    rowsOf(logits, columns).forEach((row, i) => {
      const largest = Math.max(...row);
      const total = row.reduce((sum, x) => sum + Math.exp(x - largest), 0);
      row.forEach((x, k) => {
        const exact = x - largest - Math.log(total);
        const at = i * columns + k;
        expect(Math.abs(logP[at] - exact)).toBeLessThan(4e-7 * (1 + Math.abs(exact)));
        expect(Math.abs(p[at] - Math.exp(exact))).toBeLessThan(1e-6);
      });
    });
  });

  it("takes logits far apart, infinite ones, and carries a NaN through its own row alone", () => {
    const infinity = Number.POSITIVE_INFINITY;
    const [logits, logP, p] = Array.from({ length: 3 }, () => engine.allocate(6));
    logits.set([-1e4, 1e4, -infinity, 0, Number.NaN, 0]);
    engine.softmax(3, 2, logits, logP, p);
    expect(Array.from(logP)).toEqual([-2e4, 0, -infinity, 0, Number.NaN, Number.NaN]);
    expect(p[1]).toBe(1);
    expect(p[0]).toBeLessThan(1e-44);
    expect(p[3]).toBe(1);
    expect([p[4], p[5]]).toEqual([Number.NaN, Number.NaN]);
  });
});
