import { z } from "zod";
import { actionPolicies } from "./policies/create.js";

const share = z.number().min(0).max(1);

// Options that several agents have, with the defaults that most of them share.

export const gamma = share.default(0.99).describe("discount γ");
export const lambda = share.default(0.95).describe("λ of generalised advantage estimation");
export const entropy = z.number().nonnegative().default(0.01).describe("coefficient of the entropy bonus");
export const valueCoefficient = z.number().nonnegative().default(0.5).describe("coefficient of the value loss");
export const maxGradientNorm = z
  .number()
  .positive()
  .nullable()
  .default(0.5)
  .describe("clipping norm of the gradient of all parameters together; null does not clip");
export const annealLearningRate = z.boolean().default(false).describe("scale the updates linearly to 0 over the run");
export const boxPolicy = {
  actions: z
    .enum(actionPolicies)
    .optional()
    .describe("the policy over actions from a box (default gaussian); over discrete actions it is a softmax"),
  initialDeviation: z
    .number()
    .positive()
    .optional()
    .describe("standard deviation of a policy over a box at the start, before squashing (default 1)"),
};
export const normaliseObservations = z
  .boolean()
  .default(false)
  .describe("observations by their running mean and deviation");
export const normaliseRewards = z
  .boolean()
  .default(false)
  .describe("rewards by the running deviation of the discounted return");
