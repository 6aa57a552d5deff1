import type { DenseShape, Engine } from "../kernels/engine.js";
import { viewOf } from "./layout.js";
import type { Mlp, MlpSpec } from "./mlp.js";

/** A layer as a linear map, and with the activation whose derivative is taken. */
interface Shapes {
  readonly linear: DenseShape;
  readonly derivative: DenseShape;
}

/**
 * The gradient of the penalty R = ½ Σ_rows c (|∇ₓ f(x)| − g₀)² on a network f with one output, exactly, for piecewise
 * linear activations (identity, relu, leakyRelu), whose second derivative is zero almost everywhere.
 *
 * With pₗ the gradient of f at the pre-activation of layer l, ∇ₓ f = p₀ W₀ᵀ. Its own gradient runs forward through the
 * same layers, without biases:
 *
 *     t₀ = c (1 − g₀/|∇ₓ f|) ∇ₓ f,   tₗ₊₁ = (tₗ Wₗ) ⊙ activation′ₗ,   ∂R/∂Wₗ = tₗᵀ pₗ,   ∂R/∂bₗ = 0
 *
 * Where ∇ₓ f = 0 the norm has no gradient; t₀ = 0 is taken there.
 *
 * Source: double backpropagation, Drucker and Le Cun (1992); as R1: Mescheder, Geiger and Nowozin (2018); with a target:
 * WGAN-GP, Gulrajani et al. (2017).
 */
export class GradientPenalty {
  readonly #engine: Engine;
  readonly #mlp: Mlp;
  readonly #maxRows: number;
  readonly #widths: readonly number[];
  readonly #spec: MlpSpec;
  readonly #ones: Float32Array;
  readonly #zeros: Float32Array;
  readonly #tangents: readonly Float32Array[];
  readonly #scratch: Float32Array;
  readonly #shapes = new Map<number, readonly Shapes[]>();

  /**
   * @param mlp a network of `spec`, whose forwards hold the rows that are penalised
   * @param maxRows the most rows of one call
   * @throws RangeError for a tanh network, for a normalised one, for several outputs, and for an output activation
   */
  constructor(engine: Engine, mlp: Mlp, spec: MlpSpec, maxRows: number) {
    if (spec.activation === "tanh") throw new RangeError("gradient penalty: tanh is not piecewise linear");
    if ((spec.normalization ?? "none") !== "none")
      throw new RangeError(`gradient penalty: ${spec.normalization} normalisation is not piecewise linear`);
    if (spec.outputs !== 1 || (spec.outputActivation ?? "identity") !== "identity")
      throw new RangeError("gradient penalty: the network must have one linear output");
    this.#engine = engine;
    this.#mlp = mlp;
    this.#spec = spec;
    this.#maxRows = maxRows;
    this.#widths = [spec.inputs, ...spec.hidden, 1];
    this.#ones = engine.allocate(maxRows).fill(1);
    this.#zeros = engine.allocate(Math.max(...this.#widths));
    this.#tangents = this.#widths.slice(0, -1).map((width) => engine.allocate(maxRows * width));
    this.#scratch = engine.allocate(mlp.size);
  }

  /**
   * Adds ∂R/∂W to `gradients`, for the first rows of the network's last forward.
   *
   * @param coefficients c of each row; as many rows are penalised
   * @param target g₀
   * @returns R
   */
  add(parameters: Float32Array, coefficients: ArrayLike<number>, gradients: Float32Array, target = 0): number {
    const rows = coefficients.length;
    const engine = this.#engine;
    const mlp = this.#mlp;
    const layers = this.#shapesFor(rows);
    const { tensors } = mlp.layout;
    const toInput = mlp.backward(parameters, this.#ones, null, true, rows) as Float32Array;

    const [first] = this.#tangents;
    const [inputs] = this.#widths;
    let penalty = 0;
    for (let row = 0; row < rows; row++) {
      const start = row * inputs;
      let square = 0;
      for (let i = start; i < start + inputs; i++) square += toInput[i] * toInput[i];
      const length = Math.sqrt(square);
      const excess = length - target;
      penalty += (coefficients[row] / 2) * excess * excess;
      const factor = length > 0 ? coefficients[row] * (excess / length) : 0;
      for (let i = start; i < start + inputs; i++) first[i] = factor * toInput[i];
    }
    const top = layers.length - 1;
    for (let layer = 0; layer <= top; layer++) {
      const { linear, derivative } = layers[layer];
      const [weights, bias] = [tensors[2 * layer], tensors[2 * layer + 1]];
      const tangent = this.#tangents[layer];
      const preGradient = layer < top ? mlp.preGradients[layer] : this.#ones;
      const into = viewOf(weights, this.#scratch);
      engine.denseBackwardWeights(linear, tangent, preGradient, into, viewOf(bias, this.#scratch));
      const target = viewOf(weights, gradients);
      for (let i = 0; i < into.length; i++) target[i] += into[i];
      if (layer === top) break;
      const next = this.#tangents[layer + 1];
      engine.denseForward(linear, tangent, viewOf(weights, parameters), this.#zeros, next);
      engine.activationBackward(derivative, mlp.values[layer], next);
    }
    return penalty;
  }

  #shapesFor(rows: number): readonly Shapes[] {
    let shapes = this.#shapes.get(rows);
    if (shapes === undefined) {
      if (!(Number.isInteger(rows) && rows >= 0 && rows <= this.#maxRows))
        throw new RangeError(`rows: expected an integer from 0 to ${this.#maxRows}, found ${rows}`);
      const { activation, slope = 0.2 } = this.#spec;
      shapes = this.#widths.slice(1).map((outputs, layer) => {
        const linear = { rows, inputs: this.#widths[layer], outputs, activation: "identity" as const, slope: 0 };
        return { linear, derivative: { ...linear, activation, slope } };
      });
      this.#shapes.set(rows, shapes);
    }
    return shapes;
  }
}
