import { activationCode, checkedShape } from "./arguments.js";
import type { LayerKernels } from "./engine.js";
import type { EngineMemory } from "./engine-memory.js";
import type { Kernels } from "./kernels.js";

/** The kernels of dense layers as an engine offers them: vectors in its memory instead of addresses, sizes checked. */
export function layerKernels(
  kernels: Pick<Kernels, "dense_forward" | "activation_backward" | "dense_backward_weights" | "dense_backward_input">,
  memory: EngineMemory,
): LayerKernels {
  return {
    denseForward: (shape, input, weights, bias, output) => {
      const { rows, inputs, outputs, activation, slope } = checkedShape(shape);
      kernels.dense_forward(
        rows,
        inputs,
        outputs,
        activationCode(activation),
        slope,
        memory.addressOf(input, rows * inputs, "input"),
        memory.addressOf(weights, inputs * outputs, "weights"),
        memory.addressOf(bias, outputs, "bias"),
        memory.addressOf(output, rows * outputs, "output"),
        memory.scratchFor(inputs, outputs),
      );
    },

    activationBackward: (shape, output, outputGradient) => {
      const { rows, outputs, activation, slope } = checkedShape(shape);
      kernels.activation_backward(
        rows * outputs,
        activationCode(activation),
        slope,
        memory.addressOf(output, rows * outputs, "output"),
        memory.addressOf(outputGradient, rows * outputs, "outputGradient"),
      );
    },

    denseBackwardWeights: (shape, input, preGradient, weightGradient, biasGradient) => {
      const { rows, inputs, outputs } = checkedShape(shape);
      kernels.dense_backward_weights(
        rows,
        inputs,
        outputs,
        memory.addressOf(input, rows * inputs, "input"),
        memory.addressOf(preGradient, rows * outputs, "preGradient"),
        memory.addressOf(weightGradient, inputs * outputs, "weightGradient"),
        memory.addressOf(biasGradient, outputs, "biasGradient"),
        memory.scratchFor(inputs, outputs),
      );
    },

    denseBackwardInput: (shape, preGradient, weights, inputGradient, below, input) => {
      const { rows, inputs, outputs } = checkedShape(shape);
      const activation = below === undefined ? "identity" : checkedShape(below).activation;
      kernels.dense_backward_input(
        rows,
        inputs,
        outputs,
        activationCode(activation),
        below === undefined ? 0 : below.slope,
        memory.addressOf(preGradient, rows * outputs, "preGradient"),
        memory.addressOf(weights, inputs * outputs, "weights"),
        activation === "identity" ? 0 : memory.addressOf(input, rows * inputs, "input"),
        memory.addressOf(inputGradient, rows * inputs, "inputGradient"),
        memory.scratchFor(inputs, outputs),
      );
    },
  };
}
