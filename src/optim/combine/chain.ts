import { requireFinite } from "../around/finite.js";
import type { Optimizer } from "../optimizer.js";
import { overwriteState, type State, type Transform, type Vector, zeros } from "../transform.js";

export interface ChainState extends State {
  readonly links: readonly State[];
}

/**
 * One optimizer of several transforms: what one returns is the next one's gradient, and the last one's is added to the
 * parameters.
 *
 *     chain([clipGradients({ by: "globalNorm", limit: 1 }), addDecay(0.1), createOptimizer({ name: "rmsprop" })])
 *
 * Signs: an optimizer returns what is to be *added*, −η u. What stands before it passes gradients on, what stands after
 * it changes updates. All transforms see the parameters as they were before the step.
 *
 * State: `links`, the states of the transforms in order.
 *
 * Source: `optax.chain`.
 */
export function chain(links: readonly Transform[]): Optimizer {
  const name = links.map((link) => link.name).join(" → ");
  const init = (like: number | Vector): ChainState => ({
    step: 0,
    updates: zeros(like),
    links: links.map((link) => link.init(like)),
  });
  const update = (gradients: Vector, state: State, parameters: Vector): Vector => {
    requireFinite(gradients, name, state.step + 1);
    const states = state.links as readonly State[];
    let flow = gradients;
    for (let k = 0; k < links.length; k++) flow = links[k].update(flow, states[k], parameters);
    state.step++;
    state.updates.set(flow);
    return state.updates;
  };
  return {
    name,
    init,
    update,
    step(parameters, gradients, state) {
      const updates = update(gradients, state, parameters);
      for (let i = 0; i < parameters.length; i++) parameters[i] += updates[i];
    },
    change(state) {
      links.forEach((link, k) => {
        (link as Partial<Optimizer>).change?.((state.links as readonly State[])[k]);
      });
    },
    reset: (state) => overwriteState(state, init(state.updates)),
  };
}
