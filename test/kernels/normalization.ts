import type { Activation, Engine, NormalizationKernels } from "../../src/kernels/engine.js";
import { RandomStream } from "../../src/rng/random-stream.js";

/** The bits of everything that normalisation gives, on windows that begin `skew` floats behind their vectors. */
export function normalisationBits(
  engine: Engine,
  kernels: NormalizationKernels,
  over: "units" | "rows",
  [rows, units]: readonly [number, number],
  activation: Activation,
  skew: number,
): Uint32Array[] {
  const stream = new RandomStream(7, "data");
  const make = (size: number, fill: boolean) => {
    const whole = engine.allocate(size + skew + 3).fill(7);
    const window = whole.subarray(skew, skew + size);
    if (fill) stream.fillNormal(window, 1, 2);
    return { whole, window };
  };
  const groups = over === "units" ? rows : units;
  const made = [rows * units, rows * units, units, units].map((size) => make(size, true));
  const [values, gradient, scale, shift] = made.map(({ window }) => window);
  // Large numbers that nearly cancel: in double precision too the order of a sum decides what is left of the small ones.
  for (const vector of [values, gradient]) {
    for (let i = 0; i < vector.length; i += 3) vector[i] += i % 2 === 0 ? 3e15 : -3e15;
  }
  const results = [rows * units, groups, groups, groups, rows * units, units, units].map((size) => make(size, false));
  const [normalized, inverse, mean, variance, output, toScale, toShift] = results.map(({ window }) => window);
  const shape = { rows, units, over, activation, slope: 0.2 };
  kernels.normalize(shape, 1e-5, values, normalized, inverse, mean, variance);
  kernels.scaleAndShift(shape, normalized, scale, shift, output);
  kernels.scaleAndShiftBackward(shape, normalized, gradient, toScale, toShift);
  kernels.normalizeBackward(shape, normalized, inverse, scale, gradient);
  // The whole vectors: what lies beside a result must stay as it was.
  return [...made, ...results].map(({ whole }) => new Uint32Array(whole.slice().buffer));
}
