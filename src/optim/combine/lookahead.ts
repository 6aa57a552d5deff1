import { z } from "zod";
import { check } from "../../config/check.js";
import type { Optimizer } from "../optimizer.js";
import { overwriteState, type State, type Vector, zeros } from "../transform.js";

const lookaheadSchema = z.strictObject({
  every: z.int().positive().default(5).describe("fast steps k between two slow ones"),
  share: z.number().gt(0).max(1).default(0.5).describe("α: how far the slow parameters follow"),
});

/**
 * Lookahead around any optimizer: slow parameters φ follow the fast ones and call them back.
 *
 *     θ ← θ + Δθ                       every step, the optimizer's own
 *     φ ← φ + α (θ − φ);  θ ← φ        after every k-th step; φ₀ = θ₀
 *
 * State: the optimizer's, and `slowParameters` [n]. Defaults: k = 5, α = 0.5. The optimizer's accumulators go on through
 * the call back, as in the paper.
 *
 * In games it damps: the average over k steps of a rotation lies inside its circle (Chavdarova et al. 2021).
 *
 * Source: Zhang et al. (2019); `optax.lookahead`, `tfa.optimizers.Lookahead`.
 *
 * @throws InputError on wrong options
 */
export function lookahead(base: Optimizer, input: z.input<typeof lookaheadSchema> = {}): Optimizer {
  const { every, share } = check(lookaheadSchema, input, "lookahead");
  const name = `lookahead(${base.name})`;
  const init = (like: number | Vector): State => ({ ...base.init(like), slowParameters: zeros(like) });
  const update = (gradients: Vector, state: State, parameters: Vector): Vector => {
    const slow = state.slowParameters as Vector;
    const first = state.step === 0;
    const updates = base.update(gradients, state, parameters);
    if (first) slow.set(parameters);
    if (state.step % every !== 0) return updates;
    for (let i = 0; i < updates.length; i++) {
      const fast = parameters[i] + updates[i];
      const next = slow[i] + share * (fast - slow[i]);
      updates[i] = next - parameters[i];
      slow[i] = parameters[i] + updates[i];
    }
    return updates;
  };
  return {
    name,
    init,
    update,
    step(parameters, gradients, state) {
      const updates = update(gradients, state, parameters);
      for (let i = 0; i < parameters.length; i++) parameters[i] += updates[i];
    },
    change: (state) => base.change(state),
    reset: (state) => overwriteState(state, init(state.updates)),
  };
}
