import { buildOptimizer, type Optimizer, type OptimizerOptions, type State } from "../../optim/index.js";
import type { UpdateEngine } from "../../optim/rule.js";

/** An optimizer whose options change while it runs; its state, which the loop holds, stays as it is. */
export interface Changeable extends Optimizer {
  /** @returns whether the state that there is serves the new options too; they are taken only then */
  accepts(options: OptimizerOptions): boolean;
  take(options: OptimizerOptions): void;
}

/** Passes all that is asked of it to the optimizer of the present options. */
export function changeable(options: OptimizerOptions, engine?: UpdateEngine): Changeable {
  let present = buildOptimizer(options, engine);
  let { name } = options;
  return {
    name: present.name,
    init: (like) => present.init(like),
    update: (gradients, state, parameters) => present.update(gradients, state, parameters),
    step: (parameters, gradients, state) => present.step(parameters, gradients, state),
    change: (state) => present.change(state),
    reset: (state) => present.reset(state),
    accepts(next) {
      return next.name === name && shapeOf(buildOptimizer(next).init(1)) === shapeOf(buildOptimizer(options).init(1));
    },
    take(next) {
      present = buildOptimizer(next, engine);
      options = next;
      ({ name } = next);
    },
  };
}

/** The names of a state's vectors and their lengths. */
function shapeOf(state: State): string {
  return JSON.stringify(
    Object.entries(state).map(([name, value]) => [name, typeof value === "number" ? 0 : value.length]),
  );
}
