export { type Clip, clipInPlace } from "./around/clip.js";
export { NonFiniteGradientError } from "./around/finite.js";
export { type Schedule, type ScheduleOptions, schedule, scheduleSchema, schedules } from "./around/schedule.js";
export { type ChainState, chain } from "./combine/chain.js";
export { type Extragradient, extragradient } from "./combine/extragradient.js";
export { addDecay, clipGradients, scaleBy } from "./combine/links.js";
export { lookahead } from "./combine/lookahead.js";
export {
  buildOptimizer,
  createOptimizer,
  type OptimizerInput,
  type OptimizerOptions,
  optimizerFields,
  optimizerSchema,
  optimizers,
  resolveOptimizer,
} from "./create.js";
export type { CustomOptions, UserOptimizer } from "./custom.js";
export { norm } from "./norm.js";
export type { Optimizer } from "./optimizer.js";
export type { UpdateEngine } from "./rule.js";
export { type AdadeltaOptions, type AdadeltaState, adadelta } from "./rules/adadelta.js";
export { type AdagradOptions, type AdagradState, adagrad } from "./rules/adagrad.js";
export { type AdamOptions, type AdamState, adam } from "./rules/adam.js";
export { type AdamRelOptions, adamRel } from "./rules/adam-rel.js";
export { type AdamwOptions, adamw } from "./rules/adamw.js";
export { type LionOptions, type LionState, lion } from "./rules/lion.js";
export { type MomentumOptions, type MomentumState, momentum } from "./rules/momentum.js";
export { type NadamOptions, type NadamState, nadam } from "./rules/nadam.js";
export { type OptimisticAdamOptions, type OptimisticAdamState, optimisticAdam } from "./rules/optimistic-adam.js";
export {
  type OptimisticGradientOptions,
  type OptimisticGradientState,
  optimisticGradient,
} from "./rules/optimistic-gradient.js";
export { type RadamOptions, type RadamState, radam } from "./rules/radam.js";
export { type RmspropOptions, type RmspropState, rmsprop } from "./rules/rmsprop.js";
export { type SgdOptions, sgd } from "./rules/sgd.js";
export { restoreState, saveState } from "./save.js";
export { type TfModule, tfOptimizer } from "./tfjs.js";
export { createTrace, type Trace, type TraceRecord } from "./trace.js";
export { copyState, type State, type Transform, type Vector, zeros } from "./transform.js";
export { withOptimizerModules } from "./user-modules.js";
