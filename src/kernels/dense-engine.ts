import { InputError } from "../config/input-error.js";
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

type Kernel = (...numbers: number[]) => void;
type Measure = (...numbers: number[]) => number;

/** What kernels.c exports; vectors are addresses in bytes, arguments in the order of the C source. */
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

/** The memory that holds all vectors of an engine. It never moves and never grows, so that vectors stay valid. */
export interface Memory {
  readonly buffer: ArrayBuffer;
  /** What the kernels call the buffer's first byte. */
  readonly address: number;
  /** Bytes at the buffer's start that are not the engine's to use. */
  readonly reserved: number;
  /** Vectors begin at addresses that are multiples of this many bytes. */
  readonly alignment: number;
}

const megabyte = 1 << 20;
const functionCode = new Map<FunctionName, number>(functions.map((name, code) => [name, code]));
const activationCode = new Map<Activation, number>(activations.map((name, code) => [name, code]));

/**
 * The size of an engine's memory in bytes.
 *
 * @throws RangeError unless it is an integer from 1 to 2048 megabytes
 */
export function memorySize(megabytes: number): number {
  if (!(Number.isInteger(megabytes) && megabytes >= 1 && megabytes <= 2048))
    throw new RangeError(`megabytes: expected an integer from 1 to 2048, found ${megabytes}`);
  return megabytes * megabyte;
}

/** Everything about an engine that does not depend on how kernels.c was compiled: its vectors, its scratch, the checks. */
export class DenseEngine implements Engine {
  readonly name: string;
  readonly #memory: Memory;
  readonly #kernels: Kernels;
  /** The function that makes a larger one, for the message about an exhausted memory. */
  readonly #maker: string;
  /** Vectors fill the memory from below up to here, in bytes. */
  #next: number;
  /** The kernels' scratch is everything from here to the memory's end, in bytes. */
  #scratch: number;
  /** The ziggurat's tables and a place for a stream's state, written when first needed. */
  #ziggurat: { readonly widths: number; readonly certain: number; readonly state: Uint32Array } | undefined;
  /** inputs → outputs → the scratch that such a layer needs, in bytes: asking the kernels costs a call. */
  readonly #scratchSizes = new Map<number, Map<number, number>>();

  constructor(name: string, kernels: Kernels, memory: Memory, maker: string) {
    this.name = name;
    this.#memory = memory;
    this.#kernels = kernels;
    this.#maker = maker;
    this.#next = this.#align(memory.reserved);
    this.#scratch = this.#alignDown(memory.buffer.byteLength);
  }

  allocate(size: number): Float32Array {
    if (!(Number.isInteger(size) && size >= 0))
      throw new RangeError(`size of a vector: expected an integer of at least 0, found ${size}`);
    const start = this.#next;
    const bytes = this.#align(start + 4 * size) - start;
    this.#need(bytes);
    this.#next = start + bytes;
    return new Float32Array(this.#memory.buffer, start, size);
  }

  owns(vector: Float32Array | Float64Array): boolean {
    return vector.buffer === this.#memory.buffer;
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
      this.#address(input, rows * inputs, "input"),
      this.#address(weights, inputs * outputs, "weights"),
      this.#address(bias, outputs, "bias"),
      this.#address(output, rows * outputs, "output"),
      this.#scratchFor(inputs, outputs),
    );
  }

  activationBackward(shape: DenseShape, output: Float32Array, outputGradient: Float32Array): void {
    const { rows, outputs, activation, slope } = checkedShape(shape);
    this.#kernels.activation_backward(
      rows * outputs,
      codeOf(activation),
      slope,
      this.#address(output, rows * outputs, "output"),
      this.#address(outputGradient, rows * outputs, "outputGradient"),
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
      this.#address(input, rows * inputs, "input"),
      this.#address(preGradient, rows * outputs, "preGradient"),
      this.#address(weightGradient, inputs * outputs, "weightGradient"),
      this.#address(biasGradient, outputs, "biasGradient"),
      this.#scratchFor(inputs, outputs),
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
      this.#address(preGradient, rows * outputs, "preGradient"),
      this.#address(weights, inputs * outputs, "weights"),
      activation === "identity" ? 0 : this.#address(input, rows * inputs, "input"),
      this.#address(inputGradient, rows * inputs, "inputGradient"),
      this.#scratchFor(inputs, outputs),
    );
  }

  apply(name: FunctionName, input: Float32Array, output: Float32Array): void {
    const code = functionCode.get(name);
    if (code === undefined) throw new RangeError(`function: expected one of ${functions.join(", ")}, found ${name}`);
    const count = input.length;
    this.#kernels.apply(count, code, this.#address(input, count, "input"), this.#address(output, count, "output"));
  }

  fillNormal(stream: RandomStream, out: Float32Array, mean = 0, deviation = 1): void {
    const tables = this.#zigguratTables();
    const { state } = tables;
    const stateAddress = this.#memory.address + state.byteOffset;
    const address = this.#address(out, out.length, "out");
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
    const address = this.#address(out, out.length, "out");
    state.set(stream.state);
    this.#kernels.fill_uniform(out.length, low, high - low, this.#memory.address + state.byteOffset, address);
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
      this.#address(logits, size, "logits"),
      this.#address(logProbabilities, size, "logProbabilities"),
      this.#address(probabilities, size, "probabilities"),
    );
  }

  norm(vector: Float32Array): number {
    return this.#kernels.norm(vector.length, this.#address(vector, vector.length, "vector"));
  }

  isFinite(vector: Float32Array): boolean {
    return this.#kernels.all_finite(vector.length, this.#address(vector, vector.length, "vector")) === 1;
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
      this.#address(gradients, count, "gradients"),
      this.#address(squareAverage, count, "squareAverage"),
      this.#address(updates, count, "updates"),
      this.#address(parameters, count, "parameters"),
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
      this.#address(gradients, count, "gradients"),
      this.#address(average, count, "average"),
      this.#address(squareAverage, count, "squareAverage"),
      this.#address(updates, count, "updates"),
      this.#address(parameters, count, "parameters"),
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
        this.#address(values, rows * units, "values"),
        this.#address(normalized, rows * units, "normalized"),
        this.#address(inverse, groups, "inverse"),
        this.#address(mean, groups, "mean"),
        this.#address(variance, groups, "variance"),
      );
    },
    scaleAndShift: ({ rows, units, activation, slope }, normalized, scale, shift, values) => {
      checkedNormalization({ rows, units });
      this.#kernels.scale_and_shift(
        rows,
        units,
        codeOf(activation),
        slope,
        this.#address(normalized, rows * units, "normalized"),
        this.#address(scale, units, "scale"),
        this.#address(shift, units, "shift"),
        this.#address(values, rows * units, "values"),
      );
    },
    scaleAndShiftBackward: (shape, normalized, gradient, scaleGradient, shiftGradient) => {
      const { rows, units } = checkedNormalization(shape);
      this.#kernels.scale_and_shift_backward(
        rows,
        units,
        this.#address(normalized, rows * units, "normalized"),
        this.#address(gradient, rows * units, "gradient"),
        this.#address(scaleGradient, units, "scaleGradient"),
        this.#address(shiftGradient, units, "shiftGradient"),
      );
    },
    normalizeBackward: (shape, normalized, inverse, scale, gradient) => {
      const { rows, units, over } = checkedNormalization(shape);
      this.#kernels.normalize_backward(
        over === "rows" ? 1 : 0,
        rows,
        units,
        this.#address(normalized, rows * units, "normalized"),
        this.#address(inverse, over === "rows" ? units : rows, "inverse"),
        this.#address(scale, units, "scale"),
        this.#address(gradient, rows * units, "gradient"),
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
        new Float64Array(buffer, byteOffset, numbers.length).set(numbers);
        return this.#memory.address + byteOffset;
      };
      const { buffer, byteOffset } = this.allocate(4);
      const state = new Uint32Array(buffer, byteOffset, 4);
      this.#ziggurat = { widths: table(widths), certain: table(certain), state };
    }
    return this.#ziggurat;
  }

  #address(vector: Float32Array | undefined, size: number, name: string): number {
    if (vector === undefined || vector.buffer !== this.#memory.buffer)
      throw new TypeError(`${name}: expected a vector of this engine (from its allocate, or a subarray of such)`);
    if (vector.length < size)
      throw new RangeError(`${name}: expected at least ${size} floats for this shape, found ${vector.length}`);
    return this.#memory.address + vector.byteOffset;
  }

  #scratchFor(inputs: number, outputs: number): number {
    const held = this.#memory.buffer.byteLength - this.#scratch;
    const bytes = this.#scratchSize(inputs, outputs);
    if (bytes > held) {
      const scratch = this.#alignDown(this.#memory.buffer.byteLength - bytes);
      this.#need(this.#scratch - scratch);
      this.#scratch = scratch;
    }
    return this.#memory.address + this.#scratch;
  }

  #scratchSize(inputs: number, outputs: number): number {
    const known = this.#scratchSizes.get(inputs)?.get(outputs);
    if (known !== undefined) return known;
    const size = 4 * this.#kernels.scratch_size(inputs, outputs);
    const sizes = this.#scratchSizes.get(inputs) ?? new Map<number, number>();
    this.#scratchSizes.set(inputs, sizes.set(outputs, size));
    return size;
  }

  #need(bytes: number): void {
    const left = this.#scratch - this.#next;
    if (bytes > left)
      throw new InputError(
        `the engine's memory of ${this.#memory.buffer.byteLength / megabyte} MB is exhausted: ${bytes} bytes wanted, ` +
          `${left} left; take smaller networks or batches, or raise it with ${this.#maker}({ megabytes })`,
      );
  }

  /** The first aligned offset at or behind this one. */
  #align(offset: number): number {
    const { address, alignment } = this.#memory;
    return Math.ceil((address + offset) / alignment) * alignment - address;
  }

  /** The last aligned offset at or before this one. */
  #alignDown(offset: number): number {
    const { address, alignment } = this.#memory;
    return Math.floor((address + offset) / alignment) * alignment - address;
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
