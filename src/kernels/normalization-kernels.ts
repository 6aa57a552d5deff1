import { activationCode, checkedNormalization } from "./arguments.js";
import type { NormalizationKernels } from "./engine.js";
import type { EngineMemory } from "./engine-memory.js";
import type { Kernels } from "./kernels.js";

/** The normalising kernels as an engine offers them: vectors in its memory instead of addresses, sizes checked. */
export function normalizationKernels(kernels: Kernels, memory: EngineMemory): NormalizationKernels {
  return {
    normalize: (shape, epsilon, values, normalized, inverse, mean, variance) => {
      const { rows, units, over } = checkedNormalization(shape);
      const groups = over === "rows" ? units : rows;
      kernels.normalize(
        over === "rows" ? 1 : 0,
        rows,
        units,
        epsilon,
        memory.addressOf(values, rows * units, "values"),
        memory.addressOf(normalized, rows * units, "normalized"),
        memory.addressOf(inverse, groups, "inverse"),
        memory.addressOf(mean, groups, "mean"),
        memory.addressOf(variance, groups, "variance"),
      );
    },
    scaleAndShift: ({ rows, units, activation, slope }, normalized, scale, shift, values) => {
      checkedNormalization({ rows, units });
      kernels.scale_and_shift(
        rows,
        units,
        activationCode(activation),
        slope,
        memory.addressOf(normalized, rows * units, "normalized"),
        memory.addressOf(scale, units, "scale"),
        memory.addressOf(shift, units, "shift"),
        memory.addressOf(values, rows * units, "values"),
      );
    },
    scaleAndShiftBackward: (shape, normalized, gradient, scaleGradient, shiftGradient) => {
      const { rows, units } = checkedNormalization(shape);
      kernels.scale_and_shift_backward(
        rows,
        units,
        memory.addressOf(normalized, rows * units, "normalized"),
        memory.addressOf(gradient, rows * units, "gradient"),
        memory.addressOf(scaleGradient, units, "scaleGradient"),
        memory.addressOf(shiftGradient, units, "shiftGradient"),
      );
    },
    normalizeBackward: (shape, normalized, inverse, scale, gradient) => {
      const { rows, units, over } = checkedNormalization(shape);
      kernels.normalize_backward(
        over === "rows" ? 1 : 0,
        rows,
        units,
        memory.addressOf(normalized, rows * units, "normalized"),
        memory.addressOf(inverse, over === "rows" ? units : rows, "inverse"),
        memory.addressOf(scale, units, "scale"),
        memory.addressOf(gradient, rows * units, "gradient"),
      );
    },
  };
}
