import type { RandomStream } from "../rng/random-stream.js";
import { functionCode } from "./arguments.js";
import type {
  AdamCoefficients,
  Engine,
  FunctionName,
  LayerKernels,
  NormalizationKernels,
  Program,
  RmspropCoefficients,
} from "./engine.js";
import { EngineMemory, type Memory } from "./engine-memory.js";
import type { Kernels } from "./kernels.js";
import { layerKernels } from "./layer-kernels.js";
import { normalizationKernels } from "./normalization-kernels.js";
import { recordProgram } from "./program.js";
import { StreamKernels } from "./stream-kernels.js";

/** Everything about an engine that does not depend on how kernels.c was compiled: its calls, its memory, the checks. */
export class DenseEngine implements Engine {
  readonly name: string;
  readonly normalization: NormalizationKernels;
  readonly denseForward: LayerKernels["denseForward"];
  readonly activationBackward: LayerKernels["activationBackward"];
  readonly denseBackwardWeights: LayerKernels["denseBackwardWeights"];
  readonly denseBackwardInput: LayerKernels["denseBackwardInput"];
  readonly #kernels: Kernels;
  readonly #memory: EngineMemory;
  readonly #streams: StreamKernels;

  /** @param maker the function that makes a larger one, for the message about an exhausted memory */
  constructor(name: string, kernels: Kernels, memory: Memory, maker: string) {
    this.name = name;
    this.#kernels = kernels;
    this.#memory = new EngineMemory(memory, kernels.scratch_size, maker);
    const layers = layerKernels(kernels, this.#memory);
    this.denseForward = layers.denseForward;
    this.activationBackward = layers.activationBackward;
    this.denseBackwardWeights = layers.denseBackwardWeights;
    this.denseBackwardInput = layers.denseBackwardInput;
    this.#streams = new StreamKernels(kernels, this.#memory);
    this.normalization = normalizationKernels(kernels, this.#memory);
  }

  allocate(size: number): Float32Array {
    return this.#memory.allocate(size);
  }

  owns(vector: Float32Array | Float64Array): boolean {
    return this.#memory.owns(vector);
  }

  record(calls: (layers: LayerKernels) => void): Program {
    return recordProgram(this.#kernels, this.#memory, calls);
  }

  apply(name: FunctionName, input: Float32Array, output: Float32Array): void {
    const code = functionCode(name);
    const count = input.length;
    this.#kernels.apply(
      count,
      code,
      this.#memory.addressOf(input, count, "input"),
      this.#memory.addressOf(output, count, "output"),
    );
  }

  fillNormal(stream: RandomStream, out: Float32Array, mean = 0, deviation = 1): void {
    this.#streams.fillNormal(stream, out, mean, deviation);
  }

  fillUniform(stream: RandomStream, out: Float32Array, low = 0, high = 1): void {
    this.#streams.fillUniform(stream, out, low, high);
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

  scale(vector: Float32Array, factor: number): void {
    this.#kernels.scale(vector.length, factor, this.#memory.addressOf(vector, vector.length, "vector"));
  }

  addScaled(target: Float32Array, factor: number, vector: Float32Array): void {
    const count = target.length;
    this.#kernels.add_scaled(
      count,
      factor,
      this.#memory.addressOf(vector, count, "vector"),
      this.#memory.addressOf(target, count, "target"),
    );
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
}
