import type { RandomStream } from "../../src/rng/random-stream.js";

/**
 * A family of distributions π over actions. A network gives `outputs` numbers for each row of observations, the policy
 * makes a distribution of them, together with `parameters` numbers of its own that are learned too and depend on no
 * observation.
 *
 * An action is what the policy drew; {@link execute} turns it into one of the environment's. Probabilities are those of
 * what was drawn, so that clipping needs no correction.
 *
 * {@link evaluate} and {@link gradient} hold one batch at a time, as a network's forward and backward do.
 */
export interface Policy {
  /** Numbers that a network gives for each row. */
  readonly outputs: number;
  /** Numbers of the policy's own: a window of this length goes into each method as `own`. */
  readonly parameters: number;
  /** Numbers of an action. */
  readonly width: number;
  /** log π(a|s) of each row of the last {@link evaluate}, a density where actions are continuous. */
  readonly logProbabilities: Float64Array;
  /** H(π(·|s)) of each row of the last {@link evaluate}, in nats. */
  readonly entropies: Float64Array;

  /** Writes what the policy's own parameters begin with. */
  initialise(own: Float32Array): void;

  /**
   * Draws an action for each row.
   *
   * @param outputs [rows, outputs], a vector of the engine
   * @param actions [rows, width], overwritten; its length says how many rows there are
   */
  sample(outputs: Float32Array, own: Float32Array, stream: RandomStream, actions: Float32Array): void;

  /** Takes the action at the peak of each row's distribution, or in its middle; shapes as in {@link sample}. */
  mode(outputs: Float32Array, own: Float32Array, actions: Float32Array): void;

  /**
   * The actions of the environment that stand for actions of the policy.
   *
   * @param actions [rows, width]
   * @param executed [rows, width], overwritten with elements of the action space
   */
  execute(actions: Float32Array, executed: Float32Array): void;

  /** Computes {@link logProbabilities} and {@link entropies} of actions [rows, width]. */
  evaluate(outputs: Float32Array, own: Float32Array, actions: Float32Array): void;

  /**
   * The gradient of the loss
   *
   *     L = − mean(w log π(a|s)) − c_H mean(H(π(·|s)))
   *
   * over the rows of the last {@link evaluate}, whose vectors must be as they were; the weights w are constants of it.
   *
   * @param weights [rows]
   * @param outputGradient [rows, outputs], overwritten
   * @param ownGradient [parameters], overwritten
   */
  gradient(
    weights: Float64Array,
    entropyCoefficient: number,
    outputGradient: Float32Array,
    ownGradient: Float32Array,
  ): void;
}
