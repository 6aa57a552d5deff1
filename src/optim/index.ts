export { type AdamOptions, type AdamState, adam } from "./adam.js";
export {
  buildOptimizer,
  createOptimizer,
  type OptimizerInput,
  type OptimizerOptions,
  optimizerSchema,
  optimizers,
} from "./create.js";
export { type MomentumOptions, type MomentumState, momentum } from "./momentum.js";
export { norm } from "./norm.js";
export { type RmspropOptions, type RmspropState, rmsprop } from "./rmsprop.js";
export { type SgdOptions, sgd } from "./sgd.js";
export { copyState, type Optimizer, type State, type Vector, zeros } from "./transform.js";
