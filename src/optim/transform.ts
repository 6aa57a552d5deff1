/** A flat vector of parameters, gradients or accumulators. */
export type Vector = Float32Array | Float64Array;

/**
 * An optimizer's whole memory: named numbers and vectors, nothing hidden in closures. Saving is copying
 * ({@link copyState}), resuming is passing the copy.
 */
export interface State {
  /** Number of updates done. */
  step: number;
  /** The last update, already signed: what was added to the parameters. Overwritten at every step. */
  readonly updates: Vector;
  readonly [accumulator: string]: number | Vector;
}

/**
 * An optimizer as a gradient transformation with explicit state, after optax.
 *
 * The arithmetic is written for numbers in double precision and rounded where it is stored, so the precision of a run
 * is that of its vectors.
 */
export interface Optimizer<S extends State = State> {
  readonly name: string;

  /**
   * The state before the first step.
   *
   * @param like the number of parameters (state in float64), or a vector whose length and precision the state takes
   */
  init(like: number | Vector): S;

  /**
   * Computes the update to *add* to the parameters, advances the state, and returns `state.updates`.
   * Neither gradients nor parameters are changed.
   */
  update(gradients: Vector, state: S, parameters: Vector): Vector;

  /** One step in place: parameters += update(gradients, state, parameters). Allocates nothing. */
  step(parameters: Vector, gradients: Vector, state: S): void;
}

/** Makes the optimizer whose rule is `update`; `step` adds what it returns. */
export function optimizer<S extends State>(
  name: string,
  init: (like: number | Vector) => S,
  update: (gradients: Vector, state: S, parameters: Vector) => void,
): Optimizer<S> {
  return {
    name,
    init,
    update(gradients, state, parameters) {
      update(gradients, state, parameters);
      return state.updates;
    },
    step(parameters, gradients, state) {
      update(gradients, state, parameters);
      const { updates } = state;
      for (let i = 0; i < parameters.length; i++) parameters[i] += updates[i];
    },
  };
}

/** A vector of zeros, as long and as precise as `like` (float64 for a bare size). */
export function zeros(like: number | Vector): Vector {
  return like instanceof Float32Array
    ? new Float32Array(like.length)
    : new Float64Array(typeof like === "number" ? like : like.length);
}

/** A deep copy of a state: continue from it later and get the same bits. */
export function copyState<S extends State>(state: S): S {
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [name, typeof value === "number" ? value : value.slice()]),
  ) as unknown as S;
}
