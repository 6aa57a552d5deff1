import { type Activation, activations, type DenseShape, type Engine } from "./engine.js";
import { wasmBase64 } from "./module.js";

// The part of the WebAssembly interface used here; TypeScript declares it only together with a browser's.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: { env: { memory: object } }) => { readonly exports: object };
};

type Kernel = (...numbers: number[]) => void;

/** What kernels.c exports; vectors are addresses in bytes, arguments in the order of the C source. */
interface Kernels {
  readonly __heap_base: { readonly value: number };
  readonly scratch_size: (inputs: number, outputs: number) => number;
  readonly dense_forward: Kernel;
  readonly activation_backward: Kernel;
  readonly dense_backward_weights: Kernel;
  readonly dense_backward_input: Kernel;
}

const megabyte = 1 << 20;
const page = 1 << 16;
const activationCode = new Map<Activation, number>(activations.map((name, code) => [name, code]));

let compiled: object | undefined;

/** The compiled module, shared by all engines of a thread. */
function compile(): object {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(wasmBase64), (character) => character.charCodeAt(0)));
  return compiled;
}

/**
 * kernels.c on WebAssembly with 128-bit vectors: the engine that runs everywhere, with the same bits everywhere.
 *
 * @param options.megabytes size of the memory for all vectors of this engine, 1 … 2048. It is reserved at once and never
 *   grows, so that vectors stay valid; pages that nothing touches take no memory. Default 256.
 */
export function createWasmEngine(options: { megabytes?: number } = {}): Engine {
  return new WasmEngine(options.megabytes ?? 256);
}

class WasmEngine implements Engine {
  readonly name = "wasm";
  readonly #megabytes: number;
  readonly #buffer: ArrayBuffer;
  readonly #kernels: Kernels;
  /** Vectors fill the memory from below up to here, in bytes. */
  #next: number;
  /** The kernels' scratch is everything from here to the memory's end, in bytes. */
  #scratch: number;

  constructor(megabytes: number) {
    if (!(Number.isInteger(megabytes) && megabytes >= 1 && megabytes <= 2048))
      throw new RangeError(`megabytes: expected an integer from 1 to 2048, found ${megabytes}`);
    const pages = (megabytes * megabyte) / page;
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.#megabytes = megabytes;
    this.#buffer = memory.buffer;
    this.#kernels = new WebAssembly.Instance(compile(), { env: { memory } }).exports as Kernels;
    this.#next = align(this.#kernels.__heap_base.value);
    this.#scratch = this.#buffer.byteLength;
  }

  allocate(size: number): Float32Array {
    if (!(Number.isInteger(size) && size >= 0))
      throw new RangeError(`size of a vector: expected an integer of at least 0, found ${size}`);
    const start = this.#next;
    this.#need(align(4 * size));
    this.#next = start + align(4 * size);
    return new Float32Array(this.#buffer, start, size);
  }

  denseForward(
    shape: DenseShape,
    input: Float32Array,
    weights: Float32Array,
    bias: Float32Array,
    output: Float32Array,
  ): void {
    const { rows, inputs, outputs, activation, slope } = checked(shape);
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
    const { rows, outputs, activation, slope } = checked(shape);
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
    const { rows, inputs, outputs } = checked(shape);
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
    const { rows, inputs, outputs } = checked(shape);
    const activation = below === undefined ? "identity" : checked(below).activation;
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

  #address(vector: Float32Array | undefined, size: number, name: string): number {
    if (vector === undefined || vector.buffer !== this.#buffer)
      throw new TypeError(`${name}: expected a vector of this engine (from its allocate, or a subarray of such)`);
    if (vector.length < size)
      throw new RangeError(`${name}: expected at least ${size} floats for this shape, found ${vector.length}`);
    return vector.byteOffset;
  }

  #scratchFor(inputs: number, outputs: number): number {
    const bytes = align(4 * this.#kernels.scratch_size(inputs, outputs));
    const held = this.#buffer.byteLength - this.#scratch;
    if (bytes > held) {
      this.#need(bytes - held);
      this.#scratch -= bytes - held;
    }
    return this.#scratch;
  }

  #need(bytes: number): void {
    const left = this.#scratch - this.#next;
    if (bytes > left)
      throw new Error(
        `the engine's memory of ${this.#megabytes} MB is exhausted: ${bytes} bytes wanted, ${left} left; ` +
          "raise it with createWasmEngine({ megabytes })",
      );
  }
}

/** The next multiple of a vector's 16 bytes. */
function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

function codeOf(activation: Activation): number {
  const code = activationCode.get(activation);
  if (code === undefined)
    throw new RangeError(`activation: expected one of ${activations.join(", ")}, found ${activation}`);
  return code;
}

function checked(shape: DenseShape): DenseShape {
  const { rows, inputs, outputs } = shape;
  if (!(rows >>> 0 === rows && inputs >>> 0 === inputs && outputs >>> 0 === outputs))
    throw new RangeError(
      `shape: expected integers of at least 0, found rows ${rows}, inputs ${inputs}, outputs ${outputs}`,
    );
  return shape;
}
