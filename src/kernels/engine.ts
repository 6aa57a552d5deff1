/** The activations that the kernels fuse into a dense layer. */
export const activations = ["identity", "tanh", "relu", "leakyRelu"] as const;
export type Activation = (typeof activations)[number];

/**
 * One dense layer's arithmetic: `rows` samples from `inputs` to `outputs` features, row-major throughout.
 * Any of the three may be 0.
 */
export interface DenseShape {
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  /** Slope of leakyRelu below zero, not negative; ignored by the other activations. */
  readonly slope: number;
}

/**
 * The arithmetic of dense networks on single-precision vectors that the engine itself allocates.
 *
 * Every function is strict IEEE float32 with a fixed order of summation (along the summed dimension, first to last),
 * so that every engine built from the kernels' source gives the same bits. Vectors passed in must come from
 * {@link allocate} (or be subarrays of such), be long enough for the shape (longer is fine), and not overlap what is
 * written; the first two are checked. NaN and infinities propagate as IEEE arithmetic has it, through the activations
 * too; which NaN (sign, payload) is not defined.
 */
export interface Engine {
  readonly name: string;

  /** A zeroed float32 vector, 16-byte aligned, which lives as long as the engine. */
  allocate(size: number): Float32Array;

  /**
   * output = activation(input · weights + bias), with input [rows, inputs], weights [inputs, outputs],
   * bias [outputs], output [rows, outputs].
   */
  denseForward(
    shape: DenseShape,
    input: Float32Array,
    weights: Float32Array,
    bias: Float32Array,
    output: Float32Array,
  ): void;

  /**
   * outputGradient ← outputGradient ⊙ activation′, where activation′ is computed from the layer's *output*
   * (1 − h² for tanh; for relu and leakyRelu 0 or the slope where h ≤ 0, else 1). In place.
   */
  activationBackward(shape: DenseShape, output: Float32Array, outputGradient: Float32Array): void;

  /**
   * weightGradient = inputᵀ · preGradient and biasGradient = column sums of preGradient, both overwritten;
   * preGradient [rows, outputs] is the gradient at the layer's pre-activation.
   */
  denseBackwardWeights(
    shape: DenseShape,
    input: Float32Array,
    preGradient: Float32Array,
    weightGradient: Float32Array,
    biasGradient: Float32Array,
  ): void;

  /**
   * inputGradient = (preGradient · weightsᵀ) ⊙ activation′, [rows, inputs], overwritten; the activation is that of the
   * layer `below`, which made `input`. Without `below` the factor is left out: the gradient at the input itself.
   */
  denseBackwardInput(
    shape: DenseShape,
    preGradient: Float32Array,
    weights: Float32Array,
    inputGradient: Float32Array,
    below?: DenseShape,
    input?: Float32Array,
  ): void;
}
