export { type AdadeltaOptions, type AdadeltaState, adadelta } from "./adadelta.js";
export { type AdagradOptions, type AdagradState, adagrad } from "./adagrad.js";
export { type AdamOptions, type AdamState, adam } from "./adam.js";
export { type AdamRelOptions, adamRel } from "./adam-rel.js";
export { type AdamwOptions, adamw } from "./adamw.js";
export { type ChainState, chain } from "./chain.js";
export { type Clip, clipInPlace } from "./clip.js";
export {
  buildOptimizer,
  createOptimizer,
  type OptimizerInput,
  type OptimizerOptions,
  optimizerFields,
  optimizerSchema,
  optimizers,
  resolveOptimizer,
  withOptimizerModules,
} from "./create.js";
export type { CustomOptions, UserOptimizer } from "./custom.js";
export { type Extragradient, extragradient } from "./extragradient.js";
export { NonFiniteGradientError } from "./finite.js";
export { addDecay, clipGradients, scaleBy } from "./links.js";
export { type LionOptions, type LionState, lion } from "./lion.js";
export { lookahead } from "./lookahead.js";
export { type MomentumOptions, type MomentumState, momentum } from "./momentum.js";
export { type NadamOptions, type NadamState, nadam } from "./nadam.js";
export { norm } from "./norm.js";
export { type OptimisticAdamOptions, type OptimisticAdamState, optimisticAdam } from "./optimistic-adam.js";
export {
  type OptimisticGradientOptions,
  type OptimisticGradientState,
  optimisticGradient,
} from "./optimistic-gradient.js";
export type { UpdateEngine } from "./optimizer.js";
export { type RadamOptions, type RadamState, radam } from "./radam.js";
export { type RmspropOptions, type RmspropState, rmsprop } from "./rmsprop.js";
export { restoreState, saveState } from "./save.js";
export { type Schedule, type ScheduleOptions, schedule, scheduleSchema } from "./schedule.js";
export { type SgdOptions, sgd } from "./sgd.js";
export { type TfModule, tfOptimizer } from "./tfjs.js";
export { createTrace, type Trace, type TraceRecord } from "./trace.js";
export { copyState, type Optimizer, type State, type Transform, type Vector, zeros } from "./transform.js";
