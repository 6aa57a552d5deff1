import { createEngine } from "../kernels/create.js";
import { type FunctionName, functions } from "../kernels/engine.js";
import { normalizationLoops } from "../nn/normalization-loops.js";
import { addScaled } from "../optim/scaled.js";
import { Streams } from "../rng/streams.js";
import type { Subject } from "./measure.js";

const [rows, units] = [256, 64];
const size = rows * units;

/**
 * Additions, subtractions, multiplications and divisions of float32 for one element, as kernels.c has them; what cuts
 * the argument and moves exponents is not counted.
 */
const operationsOf: Record<FunctionName, number> = { exp: 23, log: 29, sigmoid: 25, softplus: 55, tanh: 21 };

/** The kernels beside the matrix products, each on the values of a hidden layer, 256 x 64: nanoseconds an element. */
export function elementKernels(engineName: string): Subject[] {
  const engine = createEngine(engineName);
  const kernels = engine.normalization ?? normalizationLoops(engine);
  const stream = new Streams(1).get("data");
  const vector = (count: number) => {
    const made = engine.allocate(count);
    stream.fillNormal(made);
    return made;
  };
  const [values, to, also] = [vector(size), vector(size), vector(size)];
  const [normal, gradient] = [vector(size), vector(size)];
  const [scale, shift, toScale, toShift] = [vector(units), vector(units), vector(units), vector(units)];
  const [inverse, mean, variance] = [vector(rows), vector(rows), vector(rows)];
  const positive = engine.allocate(size);
  for (let i = 0; i < size; i++) positive[i] = Math.abs(values[i]);

  const subject = (name: string, run: () => void, operations: number | null = null): Subject => ({
    name: `${name}, ${size} numbers`,
    engine: engineName,
    operations: operations === null ? null : operations * size,
    elementsPerCall: size,
    run,
  });
  const normalized = (["units", "rows"] as const).flatMap((over) => {
    const what = over === "units" ? "layer normalization" : "batch normalization";
    const shape = { rows, units, over } as const;
    const forward = () => {
      kernels.normalize(shape, 1e-5, values, normal, inverse, mean, variance);
      kernels.scaleAndShift({ rows, units, activation: "identity", slope: 0 }, normal, scale, shift, to);
    };
    const backward = () => {
      kernels.scaleAndShiftBackward(shape, normal, values, toScale, toShift);
      gradient.set(values); // it works in place, and would else take its own result further and further
      kernels.normalizeBackward(shape, normal, inverse, scale, gradient);
    };
    return [subject(`${what} forward`, forward), subject(`${what} backward`, backward)];
  });
  return [
    ...functions.map((name) =>
      subject(name, () => engine.apply(name, name === "log" ? positive : values, to), operationsOf[name]),
    ),
    subject("softmax of pairs", () => engine.softmax(size / 2, 2, values, to, also)),
    ...normalized,
    subject("Euclidean norm", () => void engine.norm(values)),
    subject("a vector plus a multiple of another", () => addScaled(to, 1e-9, values, engine)),
    subject("normal random numbers", () => engine.fillNormal(stream, to)),
    subject("uniform random numbers", () => engine.fillUniform(stream, to)),
  ];
}
