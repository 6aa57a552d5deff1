import type { Env, Info, ResetOptions } from "../env.js";
import { Box, type Space } from "../spaces/index.js";
import { RunningMoments } from "./running-moments.js";
import { type StepResult, Wrapper } from "./wrapper.js";

const EPSILON = 1e-8;

/**
 * Shows observations with the mean and the deviation of all that were seen taken out: (o − mean)/√(variance + 10⁻⁸).
 * On a drifting environment the moments lag behind it.
 *
 * Source: `gymnasium.wrappers.NormalizeObservation`.
 */
export class NormaliseObservation<Action> extends Wrapper<Float32Array, Action> {
  readonly moments: RunningMoments;
  /** False keeps the moments as they are, for evaluation. */
  updating = true;
  readonly #space: Box;

  constructor(inner: Env<Float32Array, Action>) {
    super(inner);
    const { size } = inner.observationSpace;
    this.moments = new RunningMoments(size);
    const bound = new Float32Array(size).fill(Number.POSITIVE_INFINITY);
    this.#space = new Box(
      bound.map((b) => -b),
      bound,
    );
  }

  override get observationSpace(): Space {
    return this.#space;
  }

  override reset(options?: ResetOptions): [Float32Array, Info] {
    const [observation, info] = super.reset(options);
    return [this.#normalised(observation), info];
  }

  override step(action: Action): StepResult<Float32Array> {
    const [observation, ...rest] = super.step(action);
    return [this.#normalised(observation), ...rest];
  }

  #normalised(observation: Float32Array): Float32Array {
    if (this.updating) this.moments.add(observation);
    const { mean, variance } = this.moments;
    return observation.map((value, i) => (value - mean[i]) / Math.sqrt(variance[i] + EPSILON));
  }
}

/**
 * Gives rewards by the deviation of the discounted return so far, r/√(variance + 10⁻⁸): the scale goes, the mean stays.
 *
 * Source: `gymnasium.wrappers.NormalizeReward`.
 */
export class NormaliseReward<Observation, Action> extends Wrapper<Observation, Action> {
  readonly moments = new RunningMoments(1);
  updating = true;
  #discounted = 0;

  constructor(
    inner: Env<Observation, Action>,
    readonly gamma = 0.99,
  ) {
    super(inner);
  }

  override step(action: Action): StepResult<Observation> {
    const [observation, reward, terminated, truncated, info] = super.step(action);
    this.#discounted = this.#discounted * this.gamma * (terminated ? 0 : 1) + reward;
    if (this.updating) this.moments.add([this.#discounted]);
    return [observation, reward / Math.sqrt(this.moments.variance[0] + EPSILON), terminated, truncated, info];
  }
}
