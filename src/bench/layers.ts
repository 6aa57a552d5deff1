import { createEngine } from "../kernels/create.js";
import { Streams } from "../rng/streams.js";
import type { Subject } from "./measure.js";

/** The three matrix products of a hidden layer, 256 x 64 x 64 with ReLU. */
export function layerKernels(engineName: string): Subject[] {
  const engine = createEngine(engineName);
  const shape = { rows: 256, inputs: 64, outputs: 64, activation: "relu", slope: 0 } as const;
  const { rows, inputs, outputs } = shape;
  const stream = new Streams(1).get("data");
  const filled = (size: number) => {
    const vector = engine.allocate(size);
    stream.fillNormal(vector);
    return vector;
  };
  const [input, weights, bias] = [filled(rows * inputs), filled(inputs * outputs), filled(outputs)];
  const [output, gradient] = [filled(rows * outputs), filled(rows * outputs)];
  const [toInput, toWeights, toBias] = [filled(rows * inputs), filled(inputs * outputs), filled(outputs)];
  const subject = (what: string, run: () => void): Subject => ({
    name: `layer 256 x 64 x 64, ${what}`,
    engine: engineName,
    operations: 2 * rows * inputs * outputs,
    run,
  });
  return [
    subject("forward", () => engine.denseForward(shape, input, weights, bias, output)),
    subject("backward to the weights", () => engine.denseBackwardWeights(shape, input, gradient, toWeights, toBias)),
    subject("backward to the input", () => engine.denseBackwardInput(shape, gradient, weights, toInput, shape, input)),
  ];
}
