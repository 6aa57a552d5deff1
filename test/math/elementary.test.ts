import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { atan, atan2 } from "../../src/math/elementary/arctangent.js";
import { exp, expm1 } from "../../src/math/elementary/exponential.js";
import { atanh, tanh } from "../../src/math/elementary/hyperbolic.js";
import { log, log1p, log10 } from "../../src/math/elementary/logarithm.js";
import { cbrt, hypot, norm } from "../../src/math/elementary/roots.js";
import { cosine, sine } from "../../src/math/elementary/trigonometry.js";

/** Numbers of every size, sign and kind: bit patterns of a linear congruential generator. */
function anything(count: number): Float64Array {
  const words = new Uint32Array(2 * count);
  let state = 1;
  for (let i = 0; i < words.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    words[i] = state;
  }
  return new Float64Array(words.buffer);
}

/** Numbers between two, evenly spaced but for a last digit. */
const between = (low: number, high: number, count: number) =>
  Float64Array.from({ length: count }, (_, i) => low + ((high - low) * (i + 0.437)) / count);

/** The distance in units of the last place. */
function unitsApart(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const [x, y] = new BigInt64Array(new Float64Array([a, b]).buffer);
  const ordered = (bits: bigint) => (bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits);
  return Number(ordered(x) - ordered(y) < 0n ? ordered(y) - ordered(x) : ordered(x) - ordered(y));
}

const functions = [
  { name: "exp", own: exp, built: Math.exp, range: [-30, 30], digest: "7c9a83b4db37ff9f" },
  { name: "expm1", own: expm1, built: Math.expm1, range: [-45, 45], digest: "1f23a861cf51fa84" },
  { name: "log", own: log, built: Math.log, range: [0, 3], digest: "d9bb66ae44198379" },
  { name: "log1p", own: log1p, built: Math.log1p, range: [-1, 3], digest: "4536c2601a9a0c41" },
  { name: "log10", own: log10, built: Math.log10, range: [0, 3], digest: "9edf2c496dc1076d" },
  { name: "tanh", own: tanh, built: Math.tanh, range: [-25, 25], digest: "722b4c7be651eebc" },
  { name: "atanh", own: atanh, built: Math.atanh, range: [-1, 1], digest: "e861ad1ea931f6f5" },
  { name: "atan", own: atan, built: Math.atan, range: [-4, 4], digest: "1db97a9dc4dcce14" },
  { name: "cbrt", own: cbrt, built: Math.cbrt, range: [-4, 4], digest: "16e347c91e2dba6b" },
] as const;

const digestOf = (values: Float64Array) =>
  createHash("sha256")
    // One bit pattern for NaN, whose bits no language promises.
    .update(new Uint8Array(values.map((value) => (Number.isNaN(value) ? 0.25 : value)).buffer))
    .digest("hex")
    .slice(0, 16);

describe.each(functions)("$name", ({ own, built, range, digest }) => {
  const inputs = Float64Array.from([...between(range[0], range[1], 20_000), ...anything(20_000)]);

  it("has the same bits in every JavaScript engine", () => {
    expect(digestOf(inputs.map(own))).toBe(digest);
  });

  it("is within two units of the last place of the engine's own", () => {
    let farthest = 0;
    for (const x of inputs) farthest = Math.max(farthest, unitsApart(own(x), built(x)));
    expect(farthest).toBeLessThanOrEqual(2);
  });

  it("gives the engine's own values where they are exact: zeros with their signs, ±1, infinities, NaN, tiny numbers", () => {
    for (const x of [0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 5e-324, -5e-324])
      expect(own(x), String(x)).toBe(built(x));
  });
});

describe("atan2", () => {
  const coordinates = [
    0,
    -0,
    1,
    -1,
    2.5,
    -1e300,
    1e-300,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
  ];

  it("knows every quadrant, zero's sign and infinity", () => {
    for (const y of coordinates) for (const x of coordinates) expect(atan2(y, x), `${y}, ${x}`).toBe(Math.atan2(y, x));
  });

  it("has the same bits in every JavaScript engine", () => {
    const [y, x] = [between(-2, 3, 20_000), anything(20_000)];
    expect(digestOf(y.map((value, i) => atan2(value, x[i])))).toBe("c49d5359ec913aad");
    expect(digestOf(y.map((value, i) => atan2(value, y[(7 * i + 1) % y.length])))).toBe("f89d702465d40b15");
  });
});

describe("hypot and norm", () => {
  it("neither overflow nor underflow", () => {
    expect(hypot(3e200, 4e200) / 1e200).toBeCloseTo(5, 12);
    expect(hypot(3e-200, 4e-200) / 1e-200).toBeCloseTo(5, 12);
    expect(norm([2e200, 3e200, 6e200]) / 1e200).toBeCloseTo(7, 12);
  });

  it("are infinite where a value is, even beside NaN", () => {
    expect(hypot(Number.NaN, Number.NEGATIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(norm([Number.NaN, Number.NEGATIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
    expect(hypot(Number.NaN, 1)).toBeNaN();
    expect(norm([1, Number.NaN])).toBeNaN();
  });

  it("agree on two values, and are 0 of nothing", () => {
    const values = anything(2000);
    for (let i = 0; i + 1 < values.length; i += 2) {
      expect(norm([values[i], values[i + 1]])).toBe(hypot(values[i], values[i + 1]));
    }
    expect(norm([])).toBe(0);
  });

  it("have the same bits in every JavaScript engine", () => {
    const x = between(-2, 3, 20_000);
    expect(digestOf(x.map((value, i) => norm([value, x[(7 * i + 1) % x.length], 0.3])))).toBe("cbee1ab6926521d2");
  });
});

describe("sine and cosine", () => {
  it("have the same bits in every JavaScript engine", () => {
    const x = between(-1000, 1000, 20_000);
    expect(digestOf(x.map(sine))).toBe("197457af529cb99c");
    expect(digestOf(x.map(cosine))).toBe("72f3b66e7644d7d7");
  });
});
