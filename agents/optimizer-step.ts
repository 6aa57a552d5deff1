import type { Engine } from "../src/kernels/engine.js";
import { TrackedMedian } from "../src/math/tracked-median.js";
import { norm } from "../src/optim/norm.js";
import type { Optimizer } from "../src/optim/optimizer.js";
import { addScaled, scale as scaleVector } from "../src/optim/scaled.js";
import type { State, Vector } from "../src/optim/transform.js";
import type { Actor, NetworkName, Window } from "./networks.js";
import type { stepColumns, valueStepColumns } from "./tables.js";

/** Measures of an optimizer's steps, as their columns in `tables.ts` say; the object is reused. */
export type StepRecord = Record<keyof typeof stepColumns | keyof typeof valueStepColumns, number>;

/** One optimizer and what it moves. */
interface Mover {
  readonly optimizer: Optimizer;
  readonly window: Window;
  readonly state: State;
}

/** What belongs to policy or value, whichever optimizer moves it: it is measured apart. */
interface Part {
  /** Its columns. */
  readonly columns: (typeof partColumns)[NetworkName];
  /** Over an update's steps. */
  readonly sums: { gradientNorm: number; updateNorm: number; effectiveStep: number };
  readonly gradients: Float32Array;
  readonly updates: Vector;
  readonly squareAverage: Vector | undefined;
  readonly median: TrackedMedian;
}

/**
 * The optimizers at work on an agent's parameters, one for all or one each for policy and value:
 *
 *     g ← g · min(1, c/‖g‖),     θ ← θ + scale · Δθ(g)
 *
 * with the norm ‖g‖ of all parameters together. Annealing scales the update instead of the learning rate inside the
 * optimizer. The two are the same for every rule whose update is proportional to its learning rate, and no optimizer
 * has to know of schedules.
 *
 * An update of the agent is a {@link begin}, one or several {@link take}, and a {@link finish}.
 */
export class OptimizerStep {
  /** The optimizers' states: one, or the policy's and the value's. */
  readonly states: readonly State[];
  readonly record: StepRecord = { ...nothing };
  readonly #engine: Engine;
  readonly #gradients: Float32Array;
  readonly #movers: readonly Mover[];
  readonly #parts: readonly Part[];
  readonly #limit: number;
  readonly #median: TrackedMedian;
  #steps = 0;

  /**
   * @param optimizers of all parameters; or of the policy's, and the value's own
   * @param limit the clipping norm c; null does not clip
   */
  constructor(
    engine: Engine,
    optimizers: { readonly optimizer: Optimizer; readonly valueOptimizer?: Optimizer },
    networks: Window & Pick<Actor, "parts">,
    limit: number | null,
  ) {
    const { optimizer, valueOptimizer } = optimizers;
    const { policy, value } = networks.parts;
    const mover = (optimizer: Optimizer, window: Window): Mover => {
      return { optimizer, window, state: optimizer.init(window.parameters) };
    };
    this.#movers =
      valueOptimizer === undefined || value === undefined
        ? [mover(optimizer, networks)]
        : [mover(optimizer, policy), mover(valueOptimizer, value)];
    const [first, last] = [this.#movers[0], this.#movers[this.#movers.length - 1]];
    const valueStart = first === last ? policy.parameters.length : 0;
    this.#parts = [
      partOf("policy", policy, first, 0),
      ...(value === undefined ? [] : [partOf("value", value, last, valueStart)]),
    ];
    this.#engine = engine;
    this.#gradients = networks.gradients;
    this.#limit = limit ?? Number.POSITIVE_INFINITY;
    this.#median = new TrackedMedian(networks.parameters);
    this.states = this.#movers.map(({ state }) => state);
  }

  /** Starts the measures of an update. */
  begin(): void {
    Object.assign(this.record, nothing);
    for (const { sums } of this.#parts) Object.assign(sums, noSums);
    this.#steps = 0;
  }

  /**
   * Takes one step along the gradient in the networks' vectors, which is clipped in place.
   *
   * @param scale of the update; 1 but for annealing
   * @param objection a reason not to move that was found before; the step is measured all the same
   * @returns the objection, or that the gradient or the update is not finite; the parameters are as they were then
   */
  take(scale: number, objection?: string): string | undefined {
    const { record } = this;
    const gradients = this.#gradients;
    const gradientNorm = norm(gradients, this.#engine);
    this.#steps++;
    record.gradientNorm += gradientNorm;
    if (!Number.isFinite(gradientNorm)) {
      // An optimizer refuses such a gradient.
      record.updateNorm = Number.NaN;
      record.effectiveStep = Number.NaN;
      return objection ?? "the gradient is not finite";
    }
    const clippedNorm = Math.min(gradientNorm, this.#limit);
    const shrink = clippedNorm < gradientNorm ? this.#limit / gradientNorm : 1;
    if (shrink < 1) scaleVector(gradients, shrink, this.#engine);
    const updateNorm = this.#computeUpdates(scale);
    record.clippedGradientNorm += clippedNorm;
    record.clippedShare += shrink < 1 ? 1 : 0;
    record.updateNorm += updateNorm;
    record.largestUpdateNorm = Math.max(record.largestUpdateNorm, updateNorm);
    record.effectiveStep += updateNorm / clippedNorm;
    for (const part of this.#parts) this.#measure(part, scale, shrink);
    if (objection !== undefined) return objection;
    if (!Number.isFinite(updateNorm)) return "the update is not finite";
    this.#move(scale);
    return undefined;
  }

  /** Tells the optimizers that the objective has changed. */
  signalChange(): void {
    for (const { optimizer, state } of this.#movers) optimizer.change(state);
  }

  /** Turns sums over the steps into means, and reads the optimizers' states. */
  finish(): void {
    const { record } = this;
    const steps = this.#steps;
    record.gradientNorm /= steps;
    record.clippedGradientNorm /= steps;
    record.clippedShare /= steps;
    record.updateNorm /= steps;
    record.effectiveStep /= steps;
    const whole = this.#movers.length === 1 ? squareAverageOf(this.states[0]) : undefined;
    record.rootSquareAverage = rootOfMedian(whole, this.#median);
    for (const { columns, sums, squareAverage, median } of this.#parts) {
      record[columns.gradientNorm] = sums.gradientNorm / steps;
      record[columns.updateNorm] = sums.updateNorm / steps;
      record[columns.effectiveStep] = sums.effectiveStep / steps;
      record[columns.rootSquareAverage] = rootOfMedian(squareAverage, median);
    }
  }

  /** Computes every optimizer's update. Returns the norm of all of them together. */
  #computeUpdates(scale: number): number {
    let squares = 0;
    let length = 0;
    for (const { optimizer, window, state } of this.#movers) {
      length = scale * norm(optimizer.update(window.gradients, state, window.parameters), this.#engine);
      squares += length * length;
    }
    return this.#movers.length === 1 ? length : Math.sqrt(squares);
  }

  #move(scale: number): void {
    for (const { window, state } of this.#movers) addScaled(window.parameters, scale, state.updates, this.#engine);
  }

  #measure({ sums, gradients, updates }: Part, scale: number, shrink: number): void {
    const clippedNorm = norm(gradients, this.#engine);
    const updateNorm = scale * norm(updates, this.#engine);
    sums.gradientNorm += clippedNorm / shrink;
    sums.updateNorm += updateNorm;
    sums.effectiveStep += updateNorm / clippedNorm;
  }
}

function rootOfMedian(squares: Vector | undefined, median: TrackedMedian): number {
  return squares === undefined ? Number.NaN : Math.sqrt(median.of(squares));
}

/** A part's windows into the vectors of the optimizer that moves it. */
function partOf(name: NetworkName, { gradients }: Window, { state }: Mover, start: number): Part {
  const end = start + gradients.length;
  return {
    columns: partColumns[name],
    sums: { ...noSums },
    gradients,
    updates: state.updates.subarray(start, end),
    squareAverage: squareAverageOf(state)?.subarray(start, end),
    median: new TrackedMedian(gradients),
  };
}

function squareAverageOf(state: State): Vector | undefined {
  return state.squareAverage as Vector | undefined;
}

const partColumns = {
  policy: {
    gradientNorm: "policyGradientNorm",
    updateNorm: "policyUpdateNorm",
    effectiveStep: "policyEffectiveStep",
    rootSquareAverage: "policyRootSquareAverage",
  },
  value: {
    gradientNorm: "valueGradientNorm",
    updateNorm: "valueUpdateNorm",
    effectiveStep: "valueEffectiveStep",
    rootSquareAverage: "valueRootSquareAverage",
  },
} as const;

const noSums = { gradientNorm: 0, updateNorm: 0, effectiveStep: 0 };

const nothing: StepRecord = {
  gradientNorm: 0,
  clippedGradientNorm: 0,
  clippedShare: 0,
  updateNorm: 0,
  largestUpdateNorm: 0,
  effectiveStep: 0,
  rootSquareAverage: 0,
  policyGradientNorm: 0,
  policyUpdateNorm: 0,
  policyEffectiveStep: 0,
  policyRootSquareAverage: 0,
  valueGradientNorm: 0,
  valueUpdateNorm: 0,
  valueEffectiveStep: 0,
  valueRootSquareAverage: 0,
};
