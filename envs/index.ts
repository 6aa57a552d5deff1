export { checkDrift, type DriftInput, type DriftOptions, driftSchema } from "./drift/options.js";
export type { Dynamics, EnvSpec } from "./dynamics.js";
export { type Env, type Info, type Notice, type NotificationLevel, OutOfOrderError, type ResetOptions } from "./env.js";
export { type ParameterSpec, type ParameterSpecs, Parameters } from "./parameters.js";
export { type MakeOptions, make, makeVector, names, register, spec } from "./registry.js";
export type { SingleEnv } from "./single.js";
export { Box, Discrete, MultiBinary, MultiDiscrete, Space } from "./spaces/index.js";
export { VectorEnv } from "./vector.js";
