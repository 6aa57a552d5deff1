import { activations, type DenseShape, type Engine } from "../../src/kernels/engine.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import {
  activated,
  biasGradient,
  derived,
  type Exact,
  inputGradient,
  preActivation,
  stray,
  weightGradient,
} from "./reference.js";

/** Vectors of an engine to draw operands into and to get results in, allocated once. */
export class Pool {
  readonly #stream = new RandomStream(1, "data");
  readonly #vectors: readonly Float32Array[];

  /** @param size floats of each of the six vectors */
  constructor(
    readonly engine: Engine,
    size: number,
  ) {
    this.#vectors = Array.from({ length: 6 }, () => engine.allocate(size));
  }

  /** A window of a vector, which begins `skew` floats off its alignment. */
  window(slot: number, size: number, skew = 0): Float32Array {
    return this.#vectors[slot].subarray(skew, skew + size);
  }

  /** Such a window, filled with normals. */
  drawn(slot: number, size: number, skew = 0): Float32Array {
    const vector = this.window(slot, size, skew);
    this.#stream.fillNormal(vector);
    return vector;
  }

  /** Such a window, filled with what a tanh can have made. */
  drawnTanh(slot: number, size: number, skew = 0): Float32Array {
    const vector = this.drawn(slot, size, skew);
    for (let i = 0; i < size; i++) vector[i] = Math.tanh(vector[i]);
    return vector;
  }
}

/** Where a function of the engine strays from the float64 reference, for one shape and all activations. */
export function strayAt(pool: Pool, rows: number, inputs: number, outputs: number, skew = 0): string[] {
  const { engine } = pool;
  const plain: DenseShape = { rows, inputs, outputs, activation: "identity", slope: 0.2 };
  const input = pool.drawnTanh(0, rows * inputs, skew);
  const weights = pool.drawn(1, inputs * outputs, skew);
  const bias = pool.drawn(2, outputs, skew);
  const gradient = pool.drawn(3, rows * outputs, skew);
  const out = (size: number) => pool.window(4, size, skew).fill(Number.NaN);
  const found: string[] = [];
  const compare = (what: string, actual: Float32Array, exact: Exact) => {
    const where = stray(actual, exact);
    if (where !== undefined) found.push(`${what} of ${rows}x${inputs}x${outputs} off by ${skew} ${where}`);
  };

  const before = preActivation(plain, input, weights, bias);
  const back = inputGradient(plain, gradient, weights);
  for (const activation of activations) {
    const shape = { ...plain, activation };
    const output = out(rows * outputs);
    engine.denseForward(shape, input, weights, bias, output);
    compare(`${activation} forward`, output, activated(shape, before));

    const changed = pool.window(5, rows * outputs, skew);
    changed.set(gradient);
    engine.activationBackward(shape, output, changed);
    const exactGradient = { value: Float64Array.from(gradient), bound: new Float64Array(gradient.length) };
    compare(`${activation} backward`, changed, derived(shape, output, exactGradient));

    const below = { ...plain, outputs: inputs, inputs: 1, activation };
    const toInput = out(rows * inputs);
    engine.denseBackwardInput(shape, gradient, weights, toInput, below, input);
    compare(`input gradient through ${activation}`, toInput, derived(below, input, back));
  }
  const toInput = out(rows * inputs);
  engine.denseBackwardInput(plain, gradient, weights, toInput);
  compare("input gradient", toInput, back);
  const toWeights = out(inputs * outputs);
  const toBias = pool.window(5, outputs, skew).fill(Number.NaN);
  engine.denseBackwardWeights(plain, input, gradient, toWeights, toBias);
  compare("weight gradient", toWeights, weightGradient(plain, input, gradient));
  compare("bias gradient", toBias, biasGradient(plain, gradient));
  return found;
}
