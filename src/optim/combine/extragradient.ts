import type { Optimizer } from "../optimizer.js";
import type { State, Vector } from "../transform.js";
import { zeros } from "../transform.js";

/** An optimizer that needs two gradients a step. The caller takes the second one where `extrapolate` has moved to. */
export interface Extragradient {
  readonly name: string;
  /** A state for vectors of this length, or like this one. */
  init(like: number | Vector): State;

  /** First half: moves the parameters to where the second gradient is to be taken. */
  extrapolate(parameters: Vector, gradients: Vector, state: State): void;

  /**
   * Second half: takes the parameters back to where they were before `extrapolate`, and steps from there by the second
   * gradient.
   *
   * @throws Error where `extrapolate` has not been called before
   */
  step(parameters: Vector, gradients: Vector, state: State): void;
}

/**
 * Extragradient around any optimizer.
 *
 *     θ' = θ + Δ(∇f(θ))            extrapolate
 *     θ ← θ + Δ(∇f(θ'))            step
 *
 * Both halves are updates Δ of the optimizer and advance its one state, as in the authors' ExtraAdam; around `sgd` it is
 * Korpelevich's method. In a game both players extrapolate before either takes its second gradient.
 *
 * State: the optimizer's (whose `step` counts halves), `start` [n], the parameters to come back to, and `extrapolated`,
 * 1 between the halves: a run can be saved there too.
 *
 * Source: Korpelevich (1976); around Adam: Gidel et al. (2019), "A variational inequality perspective on GANs".
 */
export function extragradient(base: Optimizer): Extragradient {
  return {
    name: `extragradient(${base.name})`,
    init: (like) => ({ ...base.init(like), start: zeros(like), extrapolated: 0 }),
    extrapolate(parameters, gradients, state) {
      if (state.extrapolated === 1) throw new Error("extragradient: extrapolated twice without a step between");
      const start = state.start as Vector;
      const updates = base.update(gradients, state, parameters);
      start.set(parameters);
      for (let i = 0; i < parameters.length; i++) parameters[i] += updates[i];
      mark(state, 1);
    },
    step(parameters, gradients, state) {
      if (state.extrapolated !== 1) throw new Error("extragradient: a step needs extrapolate before it");
      const start = state.start as Vector;
      const updates = base.update(gradients, state, start);
      for (let i = 0; i < parameters.length; i++) parameters[i] = start[i] + updates[i];
      mark(state, 0);
    },
  };
}

function mark(state: State, value: number): void {
  (state as Record<string, unknown>).extrapolated = value;
}
