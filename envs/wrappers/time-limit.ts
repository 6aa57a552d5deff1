import { InputError } from "../../src/config/input-error.js";
import type { Env, Info, ResetOptions } from "../env.js";
import { type StepResult, Wrapper } from "./wrapper.js";

/** Truncates episodes after a number of steps, where the environment has not ended them earlier. */
export class TimeLimit<Observation, Action> extends Wrapper<Observation, Action> {
  #elapsed = 0;

  /** @throws InputError unless `steps` is a positive integer */
  constructor(
    inner: Env<Observation, Action>,
    readonly steps: number,
  ) {
    super(inner);
    if (Number.isInteger(steps) && steps > 0) return;
    throw new InputError(`time limit: expected a positive integer, found ${steps}`);
  }

  override reset(options?: ResetOptions): [Observation, Info] {
    const first = super.reset(options);
    this.#elapsed = 0;
    return first;
  }

  override step(action: Action): StepResult<Observation> {
    const [observation, reward, terminated, truncated, info] = super.step(action);
    this.#elapsed++;
    return [observation, reward, terminated, truncated || this.#elapsed >= this.steps, info];
  }
}
