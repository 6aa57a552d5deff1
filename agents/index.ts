/** The agents known by name, with a line for listings. */
export const agents = {
  a2c: "advantage actor-critic: one gradient step per rollout, generalised advantages",
} as const;

export { A2c, type A2cOptions, a2cSchema, type UpdateRecord } from "./a2c.js";
export { generalisedAdvantages, type Trajectories } from "./gae.js";
export { Rollout } from "./rollout.js";
export { type RlTaskConfig, rlTask, rlTaskSchema } from "./task.js";
