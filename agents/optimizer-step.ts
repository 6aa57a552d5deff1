import type { Engine } from "../src/kernels/engine.js";
import { lowerMedian } from "../src/math/lower-median.js";
import { norm } from "../src/optim/norm.js";
import type { Optimizer } from "../src/optim/optimizer.js";
import type { State, Vector } from "../src/optim/transform.js";
import type { Window } from "./networks.js";

/** Measures of an optimizer's last step; the object is reused. */
export type StepRecord = {
  /** ‖g‖ before clipping. */
  gradientNorm: number;
  /** ‖Δθ‖ of what was added to the parameters. */
  updateNorm: number;
  /** ‖Δθ‖/‖g‖, g the gradient that the optimizer saw, the clipped one; NaN for a zero gradient. */
  effectiveStep: number;
  /** The lower median over the parameters of √v; NaN where the optimizer keeps no mean square. */
  rootSquareAverage: number;
};

/**
 * An optimizer at work on an agent's parameters:
 *
 *     g ← g · min(1, c/‖g‖),     θ ← θ + scale · Δθ(g)
 *
 * Annealing scales the update instead of the learning rate inside the optimizer. The two are the same for every rule
 * whose update is proportional to its learning rate, and no optimizer has to know of schedules.
 */
export class OptimizerStep {
  readonly state: State;
  readonly record: StepRecord = { gradientNorm: 0, updateNorm: 0, effectiveStep: 0, rootSquareAverage: 0 };
  readonly #engine: Engine;
  readonly #optimizer: Optimizer;
  readonly #window: Window;
  readonly #limit: number;
  readonly #scratch: Vector;

  /** @param limit the clipping norm c; null does not clip */
  constructor(engine: Engine, optimizer: Optimizer, window: Window, limit: number | null) {
    this.#engine = engine;
    this.#optimizer = optimizer;
    this.#window = window;
    this.#limit = limit ?? Number.POSITIVE_INFINITY;
    this.state = optimizer.init(window.parameters);
    this.#scratch = this.#squareAverage?.slice() ?? new Float64Array(0);
  }

  /**
   * Takes one step along the gradient in the window, which is clipped in place.
   *
   * @param scale of the update; 1 but for annealing
   * @param objection a reason not to move that was found before; the step is measured all the same
   * @returns the objection, or that the gradient or the update is not finite; the parameters are as they were then
   */
  take(scale: number, objection?: string): string | undefined {
    const { parameters, gradients } = this.#window;
    const { record, state } = this;
    record.gradientNorm = norm(gradients, this.#engine);
    if (!Number.isFinite(record.gradientNorm)) {
      // An optimizer refuses such a gradient.
      record.updateNorm = Number.NaN;
      record.effectiveStep = Number.NaN;
      return objection ?? "the gradient is not finite";
    }
    if (record.gradientNorm > this.#limit) {
      const shrink = this.#limit / record.gradientNorm;
      for (let i = 0; i < gradients.length; i++) gradients[i] *= shrink;
    }
    const update = this.#optimizer.update(gradients, state, parameters);
    record.updateNorm = scale * norm(update, this.#engine);
    record.effectiveStep = record.updateNorm / Math.min(record.gradientNorm, this.#limit);
    if (objection !== undefined) return objection;
    if (!Number.isFinite(record.updateNorm)) return "the update is not finite";
    for (let i = 0; i < parameters.length; i++) parameters[i] += scale * update[i];
    return undefined;
  }

  /** Tells the optimizer that the objective has changed. */
  signalChange(): void {
    this.#optimizer.change(this.state);
  }

  /** Reads from the optimizer's state what {@link record} holds of it. */
  measureState(): void {
    const squares = this.#squareAverage;
    this.record.rootSquareAverage = squares === undefined ? Number.NaN : Math.sqrt(lowerMedian(squares, this.#scratch));
  }

  get #squareAverage(): Vector | undefined {
    return this.state.squareAverage as Vector | undefined;
  }
}
