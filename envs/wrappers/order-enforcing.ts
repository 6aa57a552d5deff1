import { type Info, OutOfOrderError, type ResetOptions } from "../env.js";
import { type StepResult, Wrapper } from "./wrapper.js";

/** Refuses steps before the first reset, after an episode's end and after closing, for environments that do not. */
export class OrderEnforcing<Observation, Action> extends Wrapper<Observation, Action> {
  #phase: "before the first reset" | "running" | "after the episode's end" | "closed" = "before the first reset";

  override reset(options?: ResetOptions): [Observation, Info] {
    if (this.#phase === "closed") throw new OutOfOrderError(`${this.id}: reset after close`);
    const first = super.reset(options);
    this.#phase = "running";
    return first;
  }

  override step(action: Action): StepResult<Observation> {
    if (this.#phase !== "running") throw new OutOfOrderError(`${this.id}: step ${this.#phase}; call reset`);
    const result = super.step(action);
    if (result[2] || result[3]) this.#phase = "after the episode's end";
    return result;
  }

  override close(): void {
    if (this.#phase !== "closed") super.close();
    this.#phase = "closed";
  }
}
