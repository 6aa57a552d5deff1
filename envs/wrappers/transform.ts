import type { Env, Info, ResetOptions } from "../env.js";
import type { Box, Space } from "../spaces/index.js";
import { type StepResult, Wrapper } from "./wrapper.js";

/** Shows what a function makes of each observation; the space of the results must be named when it is another one. */
export class TransformObservation<Observation, Action> extends Wrapper<Observation, Action> {
  readonly #transform: (observation: Observation) => Observation;
  readonly #space: Space | undefined;

  constructor(inner: Env<Observation, Action>, transform: (observation: Observation) => Observation, space?: Space) {
    super(inner);
    this.#transform = transform;
    this.#space = space;
  }

  override get observationSpace(): Space {
    return this.#space ?? super.observationSpace;
  }

  override reset(options?: ResetOptions): [Observation, Info] {
    const [observation, info] = super.reset(options);
    return [this.#transform(observation), info];
  }

  override step(action: Action): StepResult<Observation> {
    const [observation, ...rest] = super.step(action);
    return [this.#transform(observation), ...rest];
  }
}

/** Gives what a function makes of each reward. */
export class TransformReward<Observation, Action> extends Wrapper<Observation, Action> {
  readonly #transform: (reward: number) => number;

  constructor(inner: Env<Observation, Action>, transform: (reward: number) => number) {
    super(inner);
    this.#transform = transform;
  }

  override step(action: Action): StepResult<Observation> {
    const [observation, reward, ...rest] = super.step(action);
    return [observation, this.#transform(reward), ...rest];
  }
}

/** Gives rewards clipped to [low, high]. */
export class ClipReward<Observation, Action> extends TransformReward<Observation, Action> {
  constructor(inner: Env<Observation, Action>, low: number, high: number) {
    super(inner, (reward) => Math.min(Math.max(reward, low), high));
  }
}

/** Clips the actions to the bounds of the action space, a Box, before they reach the environment; NaN stays an error. */
export class ClipAction<Observation> extends Wrapper<Observation, ArrayLike<number>> {
  override step(action: ArrayLike<number>): StepResult<Observation> {
    const { low, high } = this.inner.actionSpace as Box;
    return super.step(Array.from(action, (value, i) => Math.min(Math.max(value, low[i]), high[i])));
  }
}
