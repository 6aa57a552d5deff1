import type { RandomStream } from "../rng/random-stream.js";
import { certain, widths } from "../rng/ziggurat.js";
import {
  type Activation,
  type AdamCoefficients,
  activations,
  type DenseShape,
  type Engine,
  type FunctionName,
  functions,
  type NormalizationKernels,
  type RmspropCoefficients,
} from "./engine.js";
import { EngineMemory, type Memory } from "./engine-memory.js";

type Kernel = (...numbers: number[]) => void;
type Measure = (...numbers: number[]) => number;

/** The exports of kernels.c; vectors are addresses in bytes, arguments in the order of the C source. */
export interface Kernels {
  readonly scratch_size: Measure;
  readonly dense_forward: Kernel;
  readonly activation_backward: Kernel;
  readonly dense_backward_weights: Kernel;
  readonly dense_backward_input: Kernel;
  readonly apply: Kernel;
  readonly rmsprop_update: Kernel;
  readonly adam_update: Kernel;
  readonly norm: Measure;
  readonly all_finite: Measure;
  readonly fill_normal: Measure;
  readonly normalize: Kernel;
  readonly scale_and_shift: Kernel;
  readonly scale_and_shift_backward: Kernel;
  readonly normalize_backward: Kernel;
  readonly fill_uniform: Kernel;
  readonly softmax: Kernel;
  readonly saturate: Measure;
  readonly lanes: Measure;
}

const functionCode = new Map<FunctionName, number>(functions.map((name, code) => [name, code]));
const activationCode = new Map<Activation, number>(activations.map((name, code) => [name, code]));

/** Everything about an engine that does not depend on how kernels.c was compiled: its calls, its memory, the checks. */
export class DenseEngine implements Engine {
  readonly name: string;
  readonly #kernels: Kernels;
  readonly #memory: EngineMemory;
  /** The ziggurat's tables and a place for a stream's state, written when first needed. */
  #ziggurat: { readonly widths: number; readonly certain: number; readonly state: Uint32Array } | undefined;

  /** @param maker the function that makes a larger one, for the message about an exhausted memory */
  constructor(name: string, kernels: Kernels, memory: Memory, maker: string) {
    this.name = name;
    this.#kernels = kernels;
    this.#memory = new EngineMemory(memory, kernels.scratch_size, maker);
  }

  allocate(size: number): Float32Array {
    return this.#memory.allocate(size);
  }

  owns(vector: Float32Array | Float64Array): boolean {
    return this.#memory.owns(vector);
  }

  denseForward(
    shape: DenseShape,
    input: Float32Array,
    weights: Float32Array,
    bias: Float32Array,
    output: Float32Array,
  ): void {
    const { rows, inputs, outputs, activation, slope } = checkedShape(shape);
    this.#kernels.dense_forward(
      rows,
      inputs,
      outputs,
      codeOf(activation),
      slope,
      this.#memory.addressOf(input, rows * inputs, "input"),
      this.#memory.addressOf(weights, inputs * outputs, "weights"),
      this.#memory.addressOf(bias, outputs, "bias"),
      this.#memory.addressOf(output, rows * outputs, "output"),
      this.#memory.scratchFor(inputs, outputs),
    );
  }

  activationBackward(shape: DenseShape, output: Float32Array, outputGradient: Float32Array): void {
    const { rows, outputs, activation, slope } = checkedShape(shape);
    this.#kernels.activation_backward(
      rows * outputs,
      codeOf(activation),
      slope,
      this.#memory.addressOf(output, rows * outputs, "output"),
      this.#memory.addressOf(outputGradient, rows * outputs, "outputGradient"),
    );
  }

  denseBackwardWeights(
    shape: DenseShape,
    input: Float32Array,
    preGradient: Float32Array,
    weightGradient: Float32Array,
    biasGradient: Float32Array,
  ): void {
    const { rows, inputs, outputs } = checkedShape(shape);
    this.#kernels.dense_backward_weights(
      rows,
      inputs,
      outputs,
      this.#memory.addressOf(input, rows * inputs, "input"),
      this.#memory.addressOf(preGradient, rows * outputs, "preGradient"),
      this.#memory.addressOf(weightGradient, inputs * outputs, "weightGradient"),
      this.#memory.addressOf(biasGradient, outputs, "biasGradient"),
      this.#memory.scratchFor(inputs, outputs),
    );
  }

  denseBackwardInput(
    shape: DenseShape,
    preGradient: Float32Array,
    weights: Float32Array,
    inputGradient: Float32Array,
    below?: DenseShape,
    input?: Float32Array,
  ): void {
    const { rows, inputs, outputs } = checkedShape(shape);
    const activation = below === undefined ? "identity" : checkedShape(below).activation;
    this.#kernels.dense_backward_input(
      rows,
      inputs,
      outputs,
      codeOf(activation),
      below === undefined ? 0 : below.slope,
      this.#memory.addressOf(preGradient, rows * outputs, "preGradient"),
      this.#memory.addressOf(weights, inputs * outputs, "weights"),
      activation === "identity" ? 0 : this.#memory.addressOf(input, rows * inputs, "input"),
      this.#memory.addressOf(inputGradient, rows * inputs, "inputGradient"),
      this.#memory.scratchFor(inputs, outputs),
    );
  }

  apply(name: FunctionName, input: Float32Array, output: Float32Array): void {
    const code = functionCode.get(name);
    if (code === undefined) throw new RangeError(`function: expected one of ${functions.join(", ")}, found ${name}`);
    const count = input.length;
    this.#kernels.apply(
      count,
      code,
      this.#memory.addressOf(input, count, "input"),
      this.#memory.addressOf(output, count, "output"),
    );
  }

  fillNormal(stream: RandomStream, out: Float32Array, mean = 0, deviation = 1): void {
    const tables = this.#zigguratTables();
    const { state } = tables;
    const stateAddress = this.#memory.place(state);
    const address = this.#memory.addressOf(out, out.length, "out");
    for (let done = 0; done < out.length; done++) {
      state.set(stream.state);
      const to = address + 4 * done;
      done += this.#kernels.fill_normal(
        out.length - done,
        mean,
        deviation,
        tables.widths,
        tables.certain,
        stateAddress,
        to,
      );
      stream.state.set(state);
      // One that needs a logarithm or an exponential: the kernel leaves it to the stream.
      if (done < out.length) out[done] = mean + deviation * stream.normal();
    }
  }

  fillUniform(stream: RandomStream, out: Float32Array, low = 0, high = 1): void {
    const { state } = this.#zigguratTables();
    const address = this.#memory.addressOf(out, out.length, "out");
    state.set(stream.state);
    this.#kernels.fill_uniform(out.length, low, high - low, this.#memory.place(state), address);
    stream.state.set(state);
  }

  softmax(
    rows: number,
    columns: number,
    logits: Float32Array,
    logProbabilities: Float32Array,
    probabilities: Float32Array,
  ): void {
    const size = rows * columns;
    this.#kernels.softmax(
      rows,
      columns,
      this.#memory.addressOf(logits, size, "logits"),
      this.#memory.addressOf(logProbabilities, size, "logProbabilities"),
      this.#memory.addressOf(probabilities, size, "probabilities"),
    );
  }

  norm(vector: Float32Array): number {
    return this.#kernels.norm(vector.length, this.#memory.addressOf(vector, vector.length, "vector"));
  }

  isFinite(vector: Float32Array): boolean {
    return this.#kernels.all_finite(vector.length, this.#memory.addressOf(vector, vector.length, "vector")) === 1;
  }

  rmspropUpdate(
    coefficients: RmspropCoefficients,
    gradients: Float32Array,
    squareAverage: Float32Array,
    updates: Float32Array,
    parameters: Float32Array,
    move: boolean,
  ): void {
    const { rho, fresh, decay, correction, inside, outside, before, after, shrink } = coefficients;
    const count = parameters.length;
    this.#kernels.rmsprop_update(
      count,
      move ? 1 : 0,
      rho,
      fresh,
      decay,
      correction,
      inside,
      outside,
      before,
      after,
      shrink,
      this.#memory.addressOf(gradients, count, "gradients"),
      this.#memory.addressOf(squareAverage, count, "squareAverage"),
      this.#memory.addressOf(updates, count, "updates"),
      this.#memory.addressOf(parameters, count, "parameters"),
    );
  }

  adamUpdate(
    coefficients: AdamCoefficients,
    gradients: Float32Array,
    average: Float32Array,
    squareAverage: Float32Array,
    updates: Float32Array,
    parameters: Float32Array,
    move: boolean,
  ): void {
    const { beta1, fresh1, beta2, fresh2, decay, stepSize, eps, shrink } = coefficients;
    const count = parameters.length;
    this.#kernels.adam_update(
      count,
      move ? 1 : 0,
      beta1,
      fresh1,
      beta2,
      fresh2,
      decay,
      stepSize,
      eps,
      shrink,
      this.#memory.addressOf(gradients, count, "gradients"),
      this.#memory.addressOf(average, count, "average"),
      this.#memory.addressOf(squareAverage, count, "squareAverage"),
      this.#memory.addressOf(updates, count, "updates"),
      this.#memory.addressOf(parameters, count, "parameters"),
    );
  }

  readonly normalization: NormalizationKernels = {
    normalize: (shape, epsilon, values, normalized, inverse, mean, variance) => {
      const { rows, units, over } = checkedNormalization(shape);
      const groups = over === "rows" ? units : rows;
      this.#kernels.normalize(
        over === "rows" ? 1 : 0,
        rows,
        units,
        epsilon,
        this.#memory.addressOf(values, rows * units, "values"),
        this.#memory.addressOf(normalized, rows * units, "normalized"),
        this.#memory.addressOf(inverse, groups, "inverse"),
        this.#memory.addressOf(mean, groups, "mean"),
        this.#memory.addressOf(variance, groups, "variance"),
      );
    },
    scaleAndShift: ({ rows, units, activation, slope }, normalized, scale, shift, values) => {
      checkedNormalization({ rows, units });
      this.#kernels.scale_and_shift(
        rows,
        units,
        codeOf(activation),
        slope,
        this.#memory.addressOf(normalized, rows * units, "normalized"),
        this.#memory.addressOf(scale, units, "scale"),
        this.#memory.addressOf(shift, units, "shift"),
        this.#memory.addressOf(values, rows * units, "values"),
      );
    },
    scaleAndShiftBackward: (shape, normalized, gradient, scaleGradient, shiftGradient) => {
      const { rows, units } = checkedNormalization(shape);
      this.#kernels.scale_and_shift_backward(
        rows,
        units,
        this.#memory.addressOf(normalized, rows * units, "normalized"),
        this.#memory.addressOf(gradient, rows * units, "gradient"),
        this.#memory.addressOf(scaleGradient, units, "scaleGradient"),
        this.#memory.addressOf(shiftGradient, units, "shiftGradient"),
      );
    },
    normalizeBackward: (shape, normalized, inverse, scale, gradient) => {
      const { rows, units, over } = checkedNormalization(shape);
      this.#kernels.normalize_backward(
        over === "rows" ? 1 : 0,
        rows,
        units,
        this.#memory.addressOf(normalized, rows * units, "normalized"),
        this.#memory.addressOf(inverse, over === "rows" ? units : rows, "inverse"),
        this.#memory.addressOf(scale, units, "scale"),
        this.#memory.addressOf(gradient, rows * units, "gradient"),
      );
    },
  };

  /**
   * Multiplies and adds on registers alone, at the engine's width of vectors: what the machine can do at most.
   *
   * @returns how many floating-point operations that were
   */
  saturate(rounds: number): number {
    // Neither product nor sum leaves the range of normal numbers in any number of rounds that one would wait for.
    this.#kernels.saturate(rounds, 1, 1e-9);
    return 24 * rounds * this.#kernels.lanes();
  }

  #zigguratTables() {
    if (this.#ziggurat === undefined) {
      const table = (numbers: Float64Array) => {
        const { buffer, byteOffset } = this.allocate(2 * numbers.length);
        const own = new Float64Array(buffer, byteOffset, numbers.length);
        own.set(numbers);
        return this.#memory.place(own);
      };
      const { buffer, byteOffset } = this.allocate(4);
      const state = new Uint32Array(buffer, byteOffset, 4);
      this.#ziggurat = { widths: table(widths), certain: table(certain), state };
    }
    return this.#ziggurat;
  }
}

function codeOf(activation: Activation): number {
  const code = activationCode.get(activation);
  if (code === undefined)
    throw new RangeError(`activation: expected one of ${activations.join(", ")}, found ${activation}`);
  return code;
}

/** @throws RangeError where a size is no integer of at least 0 */
export function checkedShape(shape: DenseShape): DenseShape {
  const { rows, inputs, outputs } = shape;
  if (!(rows >>> 0 === rows && inputs >>> 0 === inputs && outputs >>> 0 === outputs))
    throw new RangeError(
      `shape: expected integers of at least 0, found rows ${rows}, inputs ${inputs}, outputs ${outputs}`,
    );
  return shape;
}

function checkedNormalization<Shape extends { readonly rows: number; readonly units: number }>(shape: Shape): Shape {
  const { rows, units } = shape;
  if (!(rows >>> 0 === rows && units >>> 0 === units))
    throw new RangeError(`shape: expected integers of at least 0, found rows ${rows}, units ${units}`);
  return shape;
}
