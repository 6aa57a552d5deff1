/** A flat vector of parameters, gradients or accumulators. */
export type Vector = Float32Array | Float64Array;

/**
 * An optimizer's whole memory: named numbers and vectors, nothing hidden in closures. Saving is copying
 * ({@link copyState}, or `saveState` as bytes), resuming is passing the copy.
 */
export interface State {
  /** Number of updates done. */
  step: number;
  /** The last update, already signed: what was added to the parameters. Overwritten at every step. */
  readonly updates: Vector;
  /** Accumulators by name; a combination (`chain`) holds the states of its links. */
  readonly [accumulator: string]: number | Vector | readonly State[];
}

/**
 * A map from gradients to updates, after optax: a pair of functions with explicit state. Every optimizer is one, a
 * user's own too; `chain` makes one of several.
 */
export interface Transform<S extends State = State> {
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
}

/** A vector of zeros, as long and as precise as `like` (float64 for a bare size). */
export function zeros(like: number | Vector): Vector {
  return like instanceof Float32Array
    ? new Float32Array(like.length)
    : new Float64Array(typeof like === "number" ? like : like.length);
}

/** A vector that holds one value everywhere. */
export function filled(like: number | Vector, value: number): Vector {
  return zeros(like).fill(value);
}

/** A deep copy of a state: continue from it later and get the same bits. */
export function copyState<S extends State>(state: S): S {
  const copy = { ...state };
  for (const [name, value] of Object.entries(state)) (copy as Record<string, unknown>)[name] = copyValue(value);
  return copy;
}

function copyValue(value: State[string]): State[string] {
  if (typeof value === "number") return value;
  return isVector(value) ? value.slice() : value.map(copyState);
}

/** Overwrites a state by another of the same shape, in place. */
export function overwriteState(state: State, source: State): void {
  for (const [name, value] of Object.entries(source)) {
    const target = state[name];
    if (typeof value === "number") (state as Record<string, number | unknown>)[name] = value;
    else if (isVector(value)) (target as Vector).set(value);
    else for (let k = 0; k < value.length; k++) overwriteState((target as readonly State[])[k], value[k]);
  }
}

/** Tells vectors from the other parts of a state. */
export function isVector(value: unknown): value is Vector {
  return value instanceof Float32Array || value instanceof Float64Array;
}
