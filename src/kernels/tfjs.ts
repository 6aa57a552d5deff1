import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import { InputError } from "../config/input-error.js";
import type { RandomStream } from "../rng/random-stream.js";
import { checkedShape } from "./arguments.js";
import {
  type Activation,
  type AdamCoefficients,
  activations,
  type DenseShape,
  type Engine,
  type FunctionName,
  functions,
  type RmspropCoefficients,
} from "./engine.js";
import { onBackend, type Tf, type TfjsName, tfjsLibrary } from "./tfjs-library.js";
import { adam, rmsprop } from "./tfjs-updates.js";

/**
 * An engine on TensorFlow.js: an oracle that shares no arithmetic with kernels.c. Forward is TensorFlow.js' operations;
 * backward is its automatic differentiation of the same forward functions, so that no derivative is written here.
 * Everything is float32, norms and the optimizers' steps too; its results agree with the kernels' to that rounding, not
 * to the bit. Normals are the stream's own. Some eighty times slower than the kernels.
 *
 * Vectors are JavaScript's own memory, copied in and out at every call; no tensor outlives a call, and a backend that the
 * program has chosen for itself stays chosen.
 *
 * @param name the engine's, which says the backend: `tfjs-node` or `tfjs-cpu`
 * @throws InputError, with the command that installs it, where the library is missing
 */
export function createTfjsEngine(name: TfjsName): Engine {
  const { tf, backend } = tfjsLibrary(name);
  return new TfjsEngine(name, tf, backend);
}

class TfjsEngine implements Engine {
  /** The buffers of this engine's vectors: what works here works on every engine. */
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  readonly #tf: Tf;
  readonly #backend: string;

  constructor(
    readonly name: string,
    tf: Tf,
    backend: string,
  ) {
    this.#tf = tf;
    this.#backend = backend;
  }

  allocate(size: number): Float32Array {
    if (!(Number.isInteger(size) && size >= 0))
      throw new RangeError(`size of a vector: expected an integer of at least 0, found ${size}`);
    const vector = newVector(size);
    this.#buffers.add(vector.buffer);
    return vector;
  }

  owns(vector: Float32Array | Float64Array): boolean {
    return this.#buffers.has(vector.buffer);
  }

  denseForward(
    shape: DenseShape,
    input: Float32Array,
    weights: Float32Array,
    bias: Float32Array,
    output: Float32Array,
  ): void {
    this.#compute((tf) => {
      const { rows, inputs, outputs } = checkedShape(shape);
      const to = this.#window(output, rows * outputs, "output");
      const x = this.#matrix(input, rows, inputs, "input");
      const w = this.#matrix(weights, inputs, outputs, "weights");
      const b = this.#vector(bias, outputs, "bias");
      write(activationOf(tf, shape).apply(linear(tf, x, w, b)), to);
    });
  }

  activationBackward(shape: DenseShape, output: Float32Array, outputGradient: Float32Array): void {
    this.#compute((tf) => {
      const { rows, outputs } = checkedShape(shape);
      const { apply, preimage } = activationOf(tf, shape);
      const h = this.#matrix(output, rows, outputs, "output");
      const gradient = this.#matrix(outputGradient, rows, outputs, "outputGradient");
      write(tf.grad(apply)(preimage(h), gradient), outputGradient);
    });
  }

  denseBackwardWeights(
    shape: DenseShape,
    input: Float32Array,
    preGradient: Float32Array,
    weightGradient: Float32Array,
    biasGradient: Float32Array,
  ): void {
    this.#compute((tf) => {
      const { rows, inputs, outputs } = checkedShape(shape);
      const toWeights = this.#window(weightGradient, inputs * outputs, "weightGradient");
      const toBias = this.#window(biasGradient, outputs, "biasGradient");
      const x = this.#matrix(input, rows, inputs, "input");
      const gradient = this.#matrix(preGradient, rows, outputs, "preGradient");
      const layer = (w: Tensor, b: Tensor) => linear(tf, x, w as Tensor2D, b as Tensor1D);
      // A linear function has the same gradient wherever it is taken.
      const [w, b] = tf.grads(layer)([tf.zeros([inputs, outputs]), tf.zeros([outputs])], gradient);
      write(w, toWeights);
      write(b, toBias);
    });
  }

  denseBackwardInput(
    shape: DenseShape,
    preGradient: Float32Array,
    weights: Float32Array,
    inputGradient: Float32Array,
    below?: DenseShape,
    input?: Float32Array,
  ): void {
    this.#compute((tf) => {
      const { rows, inputs, outputs } = checkedShape(shape);
      const to = this.#window(inputGradient, rows * inputs, "inputGradient");
      const gradient = this.#matrix(preGradient, rows, outputs, "preGradient");
      const w = this.#matrix(weights, inputs, outputs, "weights");
      const { apply, preimage } = activationOf(tf, below === undefined ? linearShape : checkedShape(below));
      const h =
        below === undefined || below.activation === "identity"
          ? tf.zeros([rows, inputs])
          : this.#matrix(input, rows, inputs, "input");
      const layer = (x: Tensor) => tf.matMul(apply(x) as Tensor2D, w);
      write(tf.grad(layer)(preimage(h), gradient), to);
    });
  }

  apply(name: FunctionName, input: Float32Array, output: Float32Array): void {
    if (!functions.includes(name))
      throw new RangeError(`function: expected one of ${functions.join(", ")}, found ${name}`);
    this.#compute((tf) => {
      const to = this.#window(output, input.length, "output");
      write(tf[name](this.#vector(input, input.length, "input")), to);
    });
  }

  fillNormal(stream: RandomStream, out: Float32Array, mean = 0, deviation = 1): void {
    stream.fillNormal(this.#window(out, out.length, "out"), mean, deviation);
  }

  fillUniform(stream: RandomStream, out: Float32Array, low = 0, high = 1): void {
    stream.fillUniform(this.#window(out, out.length, "out"), low, high);
  }

  softmax(
    rows: number,
    columns: number,
    logits: Float32Array,
    logProbabilities: Float32Array,
    probabilities: Float32Array,
  ): void {
    this.#compute((tf) => {
      const logP = this.#window(logProbabilities, rows * columns, "logProbabilities");
      const p = this.#window(probabilities, rows * columns, "probabilities");
      const x = this.#matrix(logits, rows, columns, "logits");
      write(tf.logSoftmax(x), logP);
      write(tf.softmax(x), p);
    });
  }

  norm(vector: Float32Array): number {
    let norm = 0;
    this.#compute((tf) => {
      [norm] = tf.norm(this.#vector(vector, vector.length, "vector")).dataSync();
    });
    return norm;
  }

  isFinite(vector: Float32Array): boolean {
    let finite = false;
    this.#compute((tf) => {
      finite = tf.all(tf.isFinite(this.#vector(vector, vector.length, "vector"))).dataSync()[0] === 1;
    });
    return finite;
  }

  rmspropUpdate(
    coefficients: RmspropCoefficients,
    gradients: Float32Array,
    squareAverage: Float32Array,
    updates: Float32Array,
    parameters: Float32Array,
    move: boolean,
  ): void {
    this.#compute((tf) => {
      const to = this.#window(updates, parameters.length, "updates");
      const [g, v, theta] = this.#vectors(parameters.length, { gradients, squareAverage, parameters });
      const step = rmsprop(tf, coefficients, g, v, theta);
      write(step.squareAverage, squareAverage);
      write(step.updates, to);
      if (move) write(tf.add(theta, step.updates), parameters);
    });
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
    this.#compute((tf) => {
      const to = this.#window(updates, parameters.length, "updates");
      const [g, m, v, theta] = this.#vectors(parameters.length, { gradients, average, squareAverage, parameters });
      const step = adam(tf, coefficients, g, m, v, theta);
      write(step.average, average);
      write(step.squareAverage, squareAverage);
      write(step.updates, to);
      if (move) write(tf.add(theta, step.updates), parameters);
    });
  }

  #compute(work: (tf: Tf) => void): void {
    onBackend(this.#tf, this.#backend, () => work(this.#tf));
  }

  #matrix(vector: Float32Array | undefined, rows: number, columns: number, name: string): Tensor2D {
    return this.#tf.tensor2d(this.#window(vector, rows * columns, name), [rows, columns]);
  }

  #vectors(size: number, named: Readonly<Record<string, Float32Array>>): Tensor1D[] {
    return Object.entries(named).map(([name, vector]) => this.#vector(vector, size, name));
  }

  #vector(vector: Float32Array, size: number, name: string): Tensor1D {
    return this.#tf.tensor1d(this.#window(vector, size, name));
  }

  /** The vector's first floats. */
  #window(vector: Float32Array | undefined, size: number, name: string): Float32Array {
    if (vector === undefined || !this.#buffers.has(vector.buffer))
      throw new TypeError(`${name}: expected a vector of this engine (from its allocate, or a subarray of such)`);
    if (vector.length < size)
      throw new RangeError(`${name}: expected at least ${size} floats for this shape, found ${vector.length}`);
    return vector.subarray(0, size);
  }
}

/** The layer without its activation: input · weights + bias. */
function linear(tf: Tf, input: Tensor2D, weights: Tensor2D, bias: Tensor1D): Tensor {
  return tf.add(tf.matMul(input, weights), bias);
}

interface TfActivation {
  readonly apply: (x: Tensor) => Tensor;
  /**
   * A point whose derivative is that where the activation gave `h`; the engine's functions get no more than h. For the
   * piecewise linear ones every point of h's sign will do.
   */
  readonly preimage: (h: Tensor) => Tensor;
}

const linearShape = { activation: "identity", slope: 0 } as const;

function activationOf(tf: Tf, { activation, slope }: Pick<DenseShape, "activation" | "slope">): TfActivation {
  const itself = (h: Tensor) => h;
  const known: Record<Activation, TfActivation> = {
    identity: { apply: tf.clone, preimage: itself },
    tanh: { apply: tf.tanh, preimage: tf.atanh },
    relu: { apply: tf.relu, preimage: itself },
    leakyRelu: { apply: (x) => tf.leakyRelu(x, slope), preimage: itself },
  };
  if (!Object.hasOwn(known, activation))
    throw new RangeError(`activation: expected one of ${activations.join(", ")}, found ${activation}`);
  return known[activation];
}

function write(tensor: Tensor, to: Float32Array): void {
  to.set(tensor.dataSync());
}

/** @throws InputError where no memory holds so many numbers: a typed array has no other reason to fail */
function newVector(size: number): Float32Array {
  try {
    return new Float32Array(size);
  } catch {
    throw new InputError(`no memory holds a vector of ${size} numbers; take smaller networks or batches`);
  }
}
