import type { Engine, NormalizationKernels } from "../kernels/engine.js";

/**
 * The arithmetic of normalisation in plain loops: what the kernels' bits are, and what runs on engines without such
 * kernels. Double precision, rounded where it is stored; scale, shift and activation are single precision.
 *
 * @param engine for tanh
 */
export function normalizationLoops(engine: Pick<Engine, "apply">): NormalizationKernels {
  return {
    normalize({ rows, units, over }, epsilon, values, normalized, inverse, mean, variance) {
      eachGroup(rows, units, over, (group, at) => {
        const centre = at.sum((i) => values[i]) / at.count;
        const spread = at.sum((i) => (values[i] - centre) * (values[i] - centre)) / at.count;
        const factor = 1 / Math.sqrt(spread + epsilon);
        at.each((i) => {
          normalized[i] = (values[i] - centre) * factor;
        });
        inverse[group] = factor;
        mean[group] = centre;
        variance[group] = spread;
      });
    },

    scaleAndShift({ rows, units, activation, slope }, normalized, scale, shift, values) {
      const below = activation === "relu" ? 0 : Math.fround(slope);
      for (let i = 0; i < rows * units; i++) {
        const value = Math.fround(Math.fround(scale[i % units] * normalized[i]) + shift[i % units]);
        const cut = (activation === "relu" || activation === "leakyRelu") && value <= 0;
        values[i] = cut ? (below === 0 ? 0 : value * below) : value;
      }
      if (activation === "tanh") {
        const window = values.subarray(0, rows * units);
        engine.apply("tanh", window, window);
      }
    },

    scaleAndShiftBackward({ rows, units }, normalized, gradient, scaleGradient, shiftGradient) {
      eachGroup(rows, units, "rows", (unit, at) => {
        scaleGradient[unit] = at.sum((i) => gradient[i] * normalized[i]);
        shiftGradient[unit] = at.sum((i) => gradient[i]);
      });
    },

    normalizeBackward({ rows, units, over }, normalized, inverse, scale, gradient) {
      eachGroup(rows, units, over, (group, at) => {
        const scaled = (i: number) => gradient[i] * scale[i % units];
        const mean = at.sum(scaled) / at.count;
        const slope = at.sum((i) => scaled(i) * normalized[i]) / at.count;
        at.each((i) => {
          gradient[i] = (scaled(i) - mean - normalized[i] * slope) * inverse[group];
        });
      });
    },
  };
}

/** The indices of the values that share their averages. */
interface Group {
  readonly count: number;
  each(visit: (index: number) => void): void;
  /** Over one row in eight sums, of every eighth, added in halves; over the rows from the first to the last. */
  sum(term: (index: number) => number): number;
}

function eachGroup(
  rows: number,
  units: number,
  over: "units" | "rows",
  visit: (group: number, at: Group) => void,
): void {
  const [groups, count, stride] = over === "units" ? [rows, units, 1] : [units, rows, units];
  for (let group = 0; group < groups; group++) {
    const start = over === "units" ? group * units : group;
    const each = (run: (index: number) => void) => {
      for (let k = 0; k < count; k++) run(start + k * stride);
    };
    const sum = (term: (index: number) => number) => {
      const s = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let k = 0; k < count; k++) s[over === "units" ? k % 8 : 0] += term(start + k * stride);
      return s[0] + s[4] + (s[2] + s[6]) + (s[1] + s[5] + (s[3] + s[7]));
    };
    visit(group, { count, each, sum });
  }
}
