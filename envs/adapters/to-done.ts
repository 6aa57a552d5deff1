import type { Env, Info } from "../env.js";

/** One of this project's environments for agents that were written for a single `done`. */
export interface AsDone<Observation, Action> {
  /** The seed of the next reset. */
  seed(seed: number): void;
  /** Begins an episode; its first observation. */
  reset(): Observation;
  /** Takes an action; `done` stands for a termination and a truncation alike. */
  step(action: Action): {
    observation: Observation;
    reward: number;
    done: boolean;
    info: Info & { readonly "TimeLimit.truncated": boolean };
  };
  /** Lets go of what it holds. */
  close(): void;
}

/**
 * Shows an environment with one `done`, true at either end; `info["TimeLimit.truncated"]` tells a pure truncation from
 * a termination, without which values cannot be bootstrapped rightly.
 */
export function toDone<Observation, Action>(env: Env<Observation, Action>): AsDone<Observation, Action> {
  let pending: number | undefined;
  return {
    seed(seed) {
      pending = seed;
    },
    reset() {
      const [observation] = env.reset(pending === undefined ? {} : { seed: pending });
      pending = undefined;
      return observation;
    },
    step(action) {
      const [observation, reward, terminated, truncated, info] = env.step(action);
      const cut = truncated && !terminated;
      return { observation, reward, done: terminated || truncated, info: { ...info, "TimeLimit.truncated": cut } };
    },
    close: () => env.close(),
  };
}
