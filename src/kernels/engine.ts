import type { RandomStream } from "../rng/random-stream.js";

/** The activations that the kernels fuse into a dense layer. */
export const activations = ["identity", "tanh", "relu", "leakyRelu"] as const;
/** The activation of a layer, fused into it. */
export type Activation = (typeof activations)[number];

/** The functions of one number that {@link Engine.apply} knows; softplus is ln(1 + eˣ). */
export const functions = ["exp", "log", "sigmoid", "softplus", "tanh"] as const;
export type FunctionName = (typeof functions)[number];

/** The coefficients of {@link Engine.rmspropUpdate}. */
export interface RmspropCoefficients {
  rho: number;
  /** 1 − ρ */
  fresh: number;
  /** λ of coupled decay */
  decay: number;
  /** 1 − ρᵗ, or 1 */
  correction: number;
  /** Added to v inside the root, and to the root; not negative. */
  inside: number;
  outside: number;
  /** Factors of the gradient and of the quotient. */
  before: number;
  after: number;
  /** η λ of decoupled decay */
  shrink: number;
}

/** The coefficients of {@link Engine.adamUpdate}. */
export interface AdamCoefficients {
  beta1: number;
  beta2: number;
  /** 1 − β₁ and 1 − β₂ */
  fresh1: number;
  fresh2: number;
  /** λ of coupled decay */
  decay: number;
  /** η √(1 − β₂ᵗ)/(1 − β₁ᵗ) */
  stepSize: number;
  /** ε √(1 − β₂ᵗ) */
  eps: number;
  /** η λ of decoupled decay */
  shrink: number;
}

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

/** Values [rows, units] that are normalised over the units of each row, or over the rows for each unit. */
export interface NormalizationShape {
  readonly rows: number;
  readonly units: number;
  readonly over: "units" | "rows";
}

/**
 * The arithmetic of normalised layers (src/nn/normalization.ts). Averages are in double precision; what is stored is
 * single. Vectors must not overlap; `inverse`, `mean` and `variance` have an entry for each row, or for each unit.
 */
export interface NormalizationKernels {
  /** normalized = (values − mean)·inverse with inverse = 1/√(variance + ε); all four but `values` are overwritten. */
  normalize(
    shape: NormalizationShape,
    epsilon: number,
    values: Float32Array,
    normalized: Float32Array,
    inverse: Float32Array,
    mean: Float32Array,
    variance: Float32Array,
  ): void;

  /** values = activation(scale ⊙ normalized + shift), overwritten. */
  scaleAndShift(
    shape: Omit<DenseShape, "inputs" | "outputs"> & { readonly units: number },
    normalized: Float32Array,
    scale: Float32Array,
    shift: Float32Array,
    values: Float32Array,
  ): void;

  /** scaleGradient = Σ_rows gradient ⊙ normalized, shiftGradient = Σ_rows gradient; both overwritten. */
  scaleAndShiftBackward(
    shape: Pick<NormalizationShape, "rows" | "units">,
    normalized: Float32Array,
    gradient: Float32Array,
    scaleGradient: Float32Array,
    shiftGradient: Float32Array,
  ): void;

  /** The gradient at scale ⊙ normalized + shift becomes that at `values` of {@link normalize}, in place. */
  normalizeBackward(
    shape: NormalizationShape,
    normalized: Float32Array,
    inverse: Float32Array,
    scale: Float32Array,
    gradient: Float32Array,
  ): void;
}

/** The arithmetic of dense layers. */
export interface LayerKernels {
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

/** Calls of {@link LayerKernels} with the vectors and shapes that they were recorded with: does all of them. */
export type Program = () => void;

/**
 * The arithmetic of dense networks, of their optimizers and their random numbers, on single-precision vectors that the
 * engine itself allocates.
 *
 * Every function is strict IEEE arithmetic, in single precision unless it says otherwise, with a fixed order of
 * summation (of layers along the summed dimension, first to last), so that every engine built from the kernels' source
 * gives the same bits. Vectors passed in must come from {@link allocate} (or be subarrays of such), be long enough for
 * the shape (longer is fine), and not overlap what is written; the first two are checked. NaN and infinities propagate
 * as IEEE arithmetic has it, through the activations too; which NaN (sign, payload) is not defined.
 */
export interface Engine extends LayerKernels {
  readonly name: string;

  /** Where the engine has some; plain loops of the same bits do without (src/nn/normalization-loops.ts). */
  readonly normalization?: NormalizationKernels;

  /** A zeroed float32 vector, 16-byte aligned, which lives as long as the engine. */
  allocate(size: number): Float32Array;

  /** Whether a vector lies in this engine's memory. */
  owns(vector: Float32Array | Float64Array): boolean;

  /**
   * Writes down calls of layers, which are checked now and made by each call of the program, in one crossing into the
   * engine. Where the engine has it: the calls themselves do the same, one crossing each.
   *
   * @param calls makes them on the layers that it is given; nothing is computed yet
   */
  record?(calls: (layers: LayerKernels) => void): Program;

  /** output = f(input), element by element, within 3 units in the last place (tanh: 4e-7); both may be one vector. */
  apply(name: FunctionName, input: Float32Array, output: Float32Array): void;

  /**
   * Fills a vector with independent normals: the draws, the bits and the state left behind of `stream.fillNormal`.
   */
  fillNormal(stream: RandomStream, out: Float32Array, mean?: number, deviation?: number): void;

  /** The same for uniforms on [low, high): `stream.fillUniform`. */
  fillUniform(stream: RandomStream, out: Float32Array, low?: number, high?: number): void;

  /**
   * log p = x − max x − ln Σ exp(x − max x) and p = exp(log p) of every row of logits x [rows, columns], in float32;
   * all three vectors of that shape.
   */
  softmax(
    rows: number,
    columns: number,
    logits: Float32Array,
    logProbabilities: Float32Array,
    probabilities: Float32Array,
  ): void;

  /** √Σx² in double precision, with the bits of `norm` in src/optim. */
  norm(vector: Float32Array): number;

  /**
   * vector ← factor · vector, each product in double precision and rounded where it is stored. Where the engine has it:
   * `scale` of src/optim does without, to the same bits.
   */
  scale?(vector: Float32Array, factor: number): void;

  /** target ← target + factor · vector, in the same way. */
  addScaled?(target: Float32Array, factor: number, vector: Float32Array): void;

  /** Whether no element is NaN or infinite. */
  isFinite(vector: Float32Array): boolean;

  /**
   * RMSprop's step, not centered and without momentum, in double precision, rounded where it is stored:
   *
   *     g = gradient + decay θ,   v ← ρ v + fresh g²,
   *     Δ = −after · (before g/(√(v/correction + inside) + outside)) − shrink θ
   *
   * @param move whether Δ is added to the parameters too
   */
  rmspropUpdate(
    coefficients: RmspropCoefficients,
    gradients: Float32Array,
    squareAverage: Float32Array,
    updates: Float32Array,
    parameters: Float32Array,
    move: boolean,
  ): void;

  /**
   * Adam's step, in double precision, rounded where it is stored:
   *
   *     g = gradient + decay θ,   m ← β₁ m + fresh₁ g,   v ← β₂ v + fresh₂ g²,
   *     Δ = −stepSize m/(√v + eps) − shrink θ
   *
   * @param move whether Δ is added to the parameters too
   */
  adamUpdate(
    coefficients: AdamCoefficients,
    gradients: Float32Array,
    average: Float32Array,
    squareAverage: Float32Array,
    updates: Float32Array,
    parameters: Float32Array,
    move: boolean,
  ): void;
}
