import type { Activation, DenseShape, Engine, LayerKernels } from "../kernels/engine.js";
import type { Batch } from "./batch.js";
import type { Layout } from "./layout.js";
import { mlpLayout } from "./mlp-layout.js";
import { type Affine, Normalization, type NormalizationName } from "./normalization.js";
import { type LayerPrograms, Programs } from "./programs.js";
import { type LayerViews, Views } from "./views.js";

/** The layers of a multilayer perceptron. */
export interface MlpSpec {
  readonly inputs: number;
  /** Units of each hidden layer, first to last; none makes a linear model. */
  readonly hidden: readonly number[];
  readonly outputs: number;
  /** Of the hidden layers. */
  readonly activation: Activation;
  /** Slope of leakyRelu below zero, not negative; default 0.2. */
  readonly slope?: number;
  /** Default identity. */
  readonly outputActivation?: Activation;
  /** Of the hidden layers, before their activation; default none. */
  readonly normalization?: NormalizationName;
}

/** A network but for what it is connected to. */
export type HiddenSpec = Omit<MlpSpec, "inputs" | "outputs" | "outputActivation">;

/** Batches of so many sizes are kept; one of a further size is made anew, and not recorded, each time it comes. */
const mostSizes = 1024;

/**
 * A multilayer perceptron over flat parameters,
 *
 *     h₀ = input;  hₗ = activation(hₗ₋₁ · Wₗ + bₗ)
 *
 * with Wₗ [inputs, outputs] row-major; with normalisation hidden layers are activation(norm(hₗ₋₁ · Wₗ + bₗ)), with a
 * scale and a shift of their own (`normalization.ts`). The network owns its activations and gradients, allocated once
 * for `maxRows` rows; a step allocates no vector. It does not own parameters: pass a vector of `size` floats of the same
 * engine, also a subarray of a larger one. It holds one forward at a time: each overwrites the last one's results.
 */
export class Mlp {
  readonly layout: Layout;
  /** Floats of a parameter vector, padding included. */
  readonly size: number;
  /** A place [maxRows, outputs] for the gradient to hand to {@link backward}. */
  readonly outputGradient: Float32Array;

  /** hₗ₊₁ of each layer after a forward, [maxRows, units]; the network's own memory, not to be written. */
  readonly values: readonly Float32Array[];
  /** The gradient at each hidden layer's pre-activation after a backward, alike. */
  readonly preGradients: readonly Float32Array[];

  readonly #engine: Engine;
  readonly #spec: Required<MlpSpec>;
  readonly #maxRows: number;
  readonly #widths: readonly number[];
  readonly #inputGradient: Float32Array;
  /** One for each hidden layer; none without normalisation. */
  readonly #norms: readonly Normalization[];
  readonly #batches = new Map<number, Batch>();
  readonly #views: Views;
  #lastBatch: Batch | undefined;
  #lastInput: Float32Array | undefined;

  /** @throws RangeError where a width, `maxRows` or the slope makes no sense */
  constructor(engine: Engine, spec: MlpSpec, maxRows: number) {
    this.#engine = engine;
    this.#spec = {
      ...spec,
      slope: spec.slope ?? 0.2,
      outputActivation: spec.outputActivation ?? "identity",
      normalization: spec.normalization ?? "none",
    };
    const { normalization } = this.#spec;
    this.#maxRows = positive("maxRows", maxRows);
    this.#widths = [
      positive("inputs", spec.inputs),
      ...spec.hidden.map((units, layer) => positive(`hidden.${layer}`, units)),
      positive("outputs", spec.outputs),
    ];
    if (!(this.#spec.slope >= 0)) throw new RangeError(`slope: expected at least 0, found ${this.#spec.slope}`);
    const outputWidths = this.#widths.slice(1);
    this.layout = mlpLayout(spec);
    this.size = this.layout.size;
    this.#views = new Views(this.layout);
    const matrix = (width: number) => engine.allocate(maxRows * width);
    this.values = outputWidths.map(matrix);
    this.preGradients = spec.hidden.map(matrix);
    this.#inputGradient = matrix(spec.inputs);
    this.outputGradient = matrix(spec.outputs);
    this.#norms =
      normalization === "none"
        ? []
        : spec.hidden.map((units) => {
            const { activation, slope } = this.#spec;
            return new Normalization(engine, { name: normalization, units, activation, slope }, maxRows);
          });
  }

  /**
   * The network's outputs for `rows` samples.
   *
   * @param input [rows, inputs], a vector of the engine, left as it is until {@link backward}
   * @param batches of how many batches of equal size the samples consist, one after the other: batch normalisation
   *   normalises each by itself
   * @returns a window [rows, outputs] into the network's own memory, valid until the next forward
   * @throws RangeError where the rows make no batches of equal size
   */
  forward(parameters: Float32Array, input: Float32Array, rows: number, batches = 1): Float32Array {
    if (rows % positive("batches", batches) !== 0)
      throw new RangeError(`rows: expected a multiple of ${batches} batches, found ${rows}`);
    const batch = this.#run(parameters, input, rows, batches);
    this.#lastBatch = batch;
    this.#lastInput = input;
    return batch.output;
  }

  /**
   * As {@link forward}, but batch normalisation takes its running averages: what comes out of a sample depends on no
   * other. There is no going back through it.
   */
  evaluate(parameters: Float32Array, input: Float32Array, rows: number): Float32Array {
    this.#lastBatch = undefined;
    return this.#run(parameters, input, rows, null).output;
  }

  #run(parameters: Float32Array, input: Float32Array, rows: number, batches: number | null): Batch {
    const batch = this.#batch(rows);
    if (batch.programs === undefined) this.#runLayers(this.#engine, batch, parameters, input, batches);
    else batch.programs.forward.run(input, parameters, null, null);
    return batch;
  }

  #runLayers(
    layers: LayerKernels,
    { products, rows }: Batch,
    parameters: Float32Array,
    input: Float32Array,
    batches: number | null,
  ): void {
    const views = this.#views.of(parameters);
    let below = input;
    for (let layer = 0; layer < views.length; layer++) {
      const { weights, bias, affine } = views[layer];
      const values = this.values[layer];
      layers.denseForward(products[layer], below, weights, bias, values);
      if (affine !== undefined) {
        if (batches === null) this.#norms[layer].evaluate(values, affine, rows);
        else this.#norms[layer].forward(values, affine, rows, batches);
      }
      below = values;
    }
  }

  /**
   * Takes the gradient at the outputs of the last {@link forward} back through the network. May follow the same
   * forward several times.
   *
   * @param parameters those of the forward
   * @param outputGradient [rows, outputs], a vector of the engine; overwritten unless the output activation is identity
   * @param gradients overwritten with the gradient of each parameter, summed over the rows; null leaves it out
   * @param wantInput whether the gradient at the input is wanted
   * @param rows how many of the forward's rows to go back through, from the first; all by default, and always with
   *   batch normalisation
   * @returns a window [rows, inputs] into the network's own memory, valid until the next backward; null if not wanted
   */
  backward(
    parameters: Float32Array,
    outputGradient: Float32Array,
    gradients: Float32Array | null,
    wantInput = false,
    rows?: number,
  ): Float32Array | null {
    const batch = rows === undefined ? this.#lastBatch : this.#batch(rows);
    const input = this.#lastInput;
    if (batch === undefined || input === undefined)
      throw new Error("backward: there was no forward to go back through");
    if (this.#spec.normalization === "batch" && batch.rows !== this.#lastBatch?.rows)
      throw new RangeError("rows: batch normalisation goes back through all rows of its forward");
    const { programs, shapes, inputGradient } = batch;
    if (programs === undefined)
      this.#backwardLayers(this.#engine, shapes, outputGradient, parameters, input, gradients, wantInput);
    else {
      const { backward, backwardToInput } = programs;
      (wantInput ? backwardToInput : backward).run(outputGradient, parameters, input, gradients);
    }
    return wantInput ? inputGradient : null;
  }

  #backwardLayers(
    layers: LayerKernels,
    shapes: readonly DenseShape[],
    outputGradient: Float32Array,
    parameters: Float32Array,
    input: Float32Array,
    gradients: Float32Array | null,
    wantInput: boolean,
  ): void {
    const views = this.#views.of(parameters);
    const gradientViews = gradients === null ? null : this.#views.of(gradients);
    let gradient = outputGradient;
    if (this.#spec.outputActivation !== "identity") {
      const top = shapes.length - 1;
      layers.activationBackward(shapes[top], this.values[top], gradient);
    }
    for (let layer = shapes.length - 1; layer > 0; layer--) {
      const below = this.values[layer - 1];
      if (gradientViews !== null)
        this.#backwardWeights(layers, shapes[layer], layer, below, gradient, gradientViews[layer]);
      const next = this.preGradients[layer - 1];
      layers.denseBackwardInput(shapes[layer], gradient, views[layer].weights, next, shapes[layer - 1], below);
      this.#norms[layer - 1]?.backward(
        next,
        views[layer - 1].affine as Affine,
        shapes[layer].rows,
        gradientViews?.[layer - 1].affine,
      );
      gradient = next;
    }
    if (gradientViews !== null) this.#backwardWeights(layers, shapes[0], 0, input, gradient, gradientViews[0]);
    if (wantInput) layers.denseBackwardInput(shapes[0], gradient, views[0].weights, this.#inputGradient);
  }

  #backwardWeights(
    layers: LayerKernels,
    shape: DenseShape,
    layer: number,
    below: Float32Array,
    gradient: Float32Array,
    { weights, bias }: LayerViews,
  ): void {
    layers.denseBackwardWeights(shape, below, gradient, weights, bias);
    // What is added to all rows alike a batch's average takes away again: no rounding error may move it.
    if (this.#spec.normalization === "batch" && this.#norms[layer] !== undefined) bias.fill(0);
  }

  #batch(rows: number): Batch {
    return this.#batches.get(rows) ?? this.#makeBatch(rows);
  }

  #makeBatch(rows: number): Batch {
    if (!(Number.isInteger(rows) && rows >= 0 && rows <= this.#maxRows))
      throw new RangeError(`rows: expected an integer from 0 to ${this.#maxRows}, found ${rows}`);
    const { inputs, outputs, activation, outputActivation, slope } = this.#spec;
    const top = this.#widths.length - 2;
    const shapes = this.#widths.slice(1).map((units, layer) => ({
      ...{ rows, inputs: this.#widths[layer], outputs: units, slope },
      activation: layer < top ? activation : outputActivation,
    }));
    const batch: Batch = {
      rows,
      shapes,
      products: shapes.map((shape, layer) =>
        this.#norms[layer] === undefined ? shape : { ...shape, activation: "identity" },
      ),
      output: this.values[top].subarray(0, rows * outputs),
      inputGradient: this.#inputGradient.subarray(0, rows * inputs),
    };
    if (this.#batches.size >= mostSizes) return batch;
    const kept = this.#norms.length > 0 ? batch : { ...batch, programs: this.#programsOf(batch) };
    this.#batches.set(rows, kept);
    return kept;
  }

  #programsOf(batch: Batch): LayerPrograms {
    const engine = this.#engine;
    const backward = (wantInput: boolean) =>
      new Programs<Float32Array, Float32Array | null>(engine, (layers, outputGradient, parameters, input, gradients) =>
        this.#backwardLayers(layers, batch.shapes, outputGradient, parameters, input, gradients, wantInput),
      );
    return {
      forward: new Programs<null, null>(engine, (layers, input, parameters) =>
        this.#runLayers(layers, batch, parameters, input, 1),
      ),
      backward: backward(false),
      backwardToInput: backward(true),
    };
  }
}

function positive(name: string, value: number): number {
  if (!(Number.isInteger(value) && value > 0))
    throw new RangeError(`${name}: expected a positive integer, found ${value}`);
  return value;
}
