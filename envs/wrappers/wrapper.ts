import type { Env, Info, ResetOptions } from "../env.js";
import type { Parameters } from "../parameters.js";
import type { Space } from "../spaces/index.js";

/** The result of a step: observation, reward, terminated, truncated, info. */
export type StepResult<Observation> = [Observation, number, boolean, boolean, Info];

/**
 * An environment around an environment. It passes everything on, parameters too: setting one on a wrapped environment
 * sets it in the innermost, and one that does not exist is an error there as here.
 */
export class Wrapper<Observation, Action> implements Env<Observation, Action> {
  constructor(readonly inner: Env<Observation, Action>) {}

  get id(): string {
    return this.inner.id;
  }
  get observationSpace(): Space {
    return this.inner.observationSpace;
  }
  get actionSpace(): Space {
    return this.inner.actionSpace;
  }
  get parameters(): Parameters {
    return this.inner.parameters;
  }
  /** The innermost environment. */
  get unwrapped(): Env<unknown, unknown> {
    return (this.inner instanceof Wrapper ? this.inner.unwrapped : this.inner) as Env<unknown, unknown>;
  }

  reset(options?: ResetOptions): [Observation, Info] {
    return this.inner.reset(options);
  }

  step(action: Action): StepResult<Observation> {
    return this.inner.step(action);
  }

  close(): void {
    this.inner.close();
  }
}
