import type { State, Transform, Vector } from "./transform.js";

/**
 * An optimizer as a gradient transformation with explicit state.
 *
 * The arithmetic is written for numbers in double precision and rounded where it is stored, so the precision of a run
 * is that of its vectors.
 *
 * @throws NonFiniteGradientError from `update` and `step` on a NaN or infinite gradient; nothing has changed then
 */
export interface Optimizer<S extends State = State> extends Transform<S> {
  /** One step in place: parameters += update(gradients, state, parameters). Allocates nothing. */
  step(parameters: Vector, gradients: Vector, state: S): void;

  /**
   * Tells that the objective has changed (a new task, a jump of the environment). What follows is the option
   * `onChange`; by default nothing.
   */
  change(state: S): void;

  /** Takes a state back to before the first step, in place. */
  reset(state: S): void;
}
