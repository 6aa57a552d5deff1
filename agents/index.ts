export { A2c, type A2cOptions, a2c } from "./a2c.js";
export { generalisedAdvantages, type Trajectories } from "./advantages.js";
export {
  type Agent,
  type AgentDefinition,
  type AgentParts,
  type AgentState,
  defineAgent,
  type Update,
} from "./agent.js";
export { type Checkpoint, restoreTraining, saveTraining, type Training } from "./checkpoint.js";
export { type AgentOptions, agentSchema, agents, createAgent } from "./definitions.js";
export { evaluate } from "./evaluate.js";
export { GradientBandit, type GradientBanditOptions, gradientBandit } from "./gradient-bandit.js";
export { type LoadedTraining, loadTraining } from "./load-training.js";
export { Gaussian } from "./policies/gaussian.js";
export type { Policy } from "./policies/policy.js";
export { Softmax } from "./policies/softmax.js";
export { SquashedGaussian } from "./policies/squashed.js";
export { policyOnnx } from "./policy-onnx.js";
export { Ppo, type PpoOptions, ppo } from "./ppo.js";
export { type EpisodeMoment, recordEpisode } from "./record-episode.js";
export { Reinforce, type ReinforceOptions, reinforce } from "./reinforce.js";
export { Rollout } from "./rollout.js";
export { rlTask } from "./task.js";
export { type RlTaskConfig, rlTaskSchema } from "./task-schema.js";
export { agentTensors, loadAgentTensors, type TensorPart } from "./tensors.js";
export { createTraining, type EngineTraining } from "./training.js";
export { TrainingRun } from "./training-run.js";
