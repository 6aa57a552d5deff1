import type { DenseShape, Engine } from "../kernels/engine.js";
import { viewOf } from "./layout.js";
import type { Mlp, MlpSpec } from "./mlp.js";

/** A layer as a linear map, and with the activation whose derivative is taken. */
interface Shapes {
  readonly linear: DenseShape;
  readonly derivative: DenseShape;
}

/**
 * How the gradients of a loss L on a network's outputs change where its parameters move along a direction (V, c), exactly,
 * for piecewise linear activations (identity, relu, leakyRelu), whose second derivative is zero almost everywhere.
 *
 * With δₗ the gradient at the pre-activation of layer l and R the derivative along the direction, R h₀ = 0:
 *
 *     R aₗ = R hₗ Wₗ + hₗ Vₗ + cₗ,   R hₗ₊₁ = R aₗ ⊙ activation′ₗ
 *     R δ_top = L″ R a_top,   R δₗ₋₁ = (R δₗ Wₗᵀ + δₗ Vₗᵀ) ⊙ activation′ₗ₋₁
 *     R ∂L/∂Wₗ = R hₗᵀ δₗ + hₗᵀ R δₗ,   R ∂L/∂bₗ = Σ_rows R δₗ,   R ∂L/∂h₀ = R δ₀ W₀ᵀ + δ₀ V₀ᵀ
 *
 * The first two are the Hessian times the direction; all cost about two backwards.
 *
 * Source: Pearlmutter (1994), "Fast exact multiplication by the Hessian".
 */
export class GradientDerivative {
  /** [rows, inputs]: R of the gradient at the input, of the last {@link along}. */
  readonly atInput: Float32Array;
  readonly #engine: Engine;
  readonly #mlp: Mlp;
  readonly #shapes: readonly Shapes[];
  /** R hₗ, and R δₗ by the layer above which it stands. */
  readonly #values: readonly Float32Array[];
  readonly #gradients: readonly Float32Array[];
  readonly #zeros: Float32Array;
  readonly #product: Float32Array;
  readonly #scratch: Float32Array;

  /**
   * @param mlp a network of `spec`, which has gone forward and backward with `rows` rows before every call
   * @throws RangeError for a tanh network, for a normalised one, and for an output activation
   */
  constructor(engine: Engine, mlp: Mlp, spec: MlpSpec, rows: number) {
    if (spec.activation === "tanh") throw new RangeError("gradient derivative: tanh is not piecewise linear");
    if ((spec.normalization ?? "none") !== "none")
      throw new RangeError(`gradient derivative: ${spec.normalization} normalisation is not piecewise linear`);
    if ((spec.outputActivation ?? "identity") !== "identity")
      throw new RangeError(`gradient derivative: expected linear outputs, found ${spec.outputActivation}`);
    const widths = [spec.inputs, ...spec.hidden, spec.outputs];
    const { activation, slope = 0.2 } = spec;
    this.#engine = engine;
    this.#mlp = mlp;
    this.#shapes = widths.slice(1).map((outputs, layer) => {
      const linear = { rows, inputs: widths[layer], outputs, activation: "identity" as const, slope: 0 };
      return { linear, derivative: { ...linear, activation, slope } };
    });
    const matrix = (width: number) => engine.allocate(rows * width);
    this.#values = widths.map(matrix);
    this.#gradients = widths.map(matrix);
    this.#zeros = engine.allocate(Math.max(...widths));
    this.#product = matrix(Math.max(...widths));
    this.#scratch = engine.allocate(mlp.size);
    this.atInput = this.#gradients[0];
  }

  /**
   * Overwrites `out` with the Hessian times the direction, and {@link atInput}.
   *
   * @param parameters those of the last forward
   * @param input of the last forward
   * @param outputGradient ∂L/∂outputs [rows, outputs] of the last backward
   * @param curvatures L″ [rows, outputs], the second derivative of L by each output, which has no mixed ones
   * @param direction as many floats as parameters
   */
  along(
    parameters: Float32Array,
    input: Float32Array,
    outputGradient: Float32Array,
    curvatures: ArrayLike<number>,
    direction: Float32Array,
    out: Float32Array,
  ): void {
    const [engine, mlp] = [this.#engine, this.#mlp];
    const { tensors } = mlp.layout;
    const top = this.#shapes.length - 1;
    const below = (layer: number) => (layer === 0 ? input : mlp.values[layer - 1]);
    for (let layer = 0; layer <= top; layer++) {
      const { linear, derivative } = this.#shapes[layer];
      const [weights, bias] = [tensors[2 * layer], tensors[2 * layer + 1]];
      const value = this.#values[layer + 1];
      engine.denseForward(linear, below(layer), viewOf(weights, direction), viewOf(bias, direction), value);
      if (layer > 0) {
        engine.denseForward(linear, this.#values[layer], viewOf(weights, parameters), this.#zeros, this.#product);
        add(value, this.#product);
      }
      if (layer < top) engine.activationBackward(derivative, mlp.values[layer], value);
    }
    const [outputs, change] = [this.#gradients[top + 1], this.#values[top + 1]];
    for (let i = 0; i < outputs.length; i++) outputs[i] = curvatures[i] * change[i];
    for (let layer = top; layer >= 0; layer--) {
      const { linear } = this.#shapes[layer];
      const [weights, bias] = [tensors[2 * layer], tensors[2 * layer + 1]];
      const own = layer < top ? mlp.preGradients[layer] : outputGradient;
      const [above, next] = [this.#gradients[layer + 1], this.#gradients[layer]];
      engine.denseBackwardWeights(linear, below(layer), above, viewOf(weights, out), viewOf(bias, out));
      if (layer > 0) {
        const scratch = viewOf(weights, this.#scratch);
        engine.denseBackwardWeights(linear, this.#values[layer], own, scratch, viewOf(bias, this.#scratch));
        add(viewOf(weights, out), scratch);
      }
      engine.denseBackwardInput(linear, above, viewOf(weights, parameters), next);
      engine.denseBackwardInput(linear, own, viewOf(weights, direction), this.#product);
      add(next, this.#product);
      if (layer > 0) engine.activationBackward(this.#shapes[layer - 1].derivative, mlp.values[layer - 1], next);
    }
  }
}

/** to ← to + what, as far as `to` goes. */
function add(to: Float32Array, what: Float32Array): void {
  for (let i = 0; i < to.length; i++) to[i] += what[i];
}
