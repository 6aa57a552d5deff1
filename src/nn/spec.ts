import { z } from "zod";
import { activations } from "../kernels/engine.js";
import { normalizations } from "./normalization.js";

/** A network as configuration files write it; inputs and outputs come from the task. */
export const networkSchema = z.strictObject({
  hidden: z
    .array(z.int().min(1))
    .default(() => [64, 64])
    .describe("units of each hidden layer, first to last; may be empty"),
  activation: z.enum(activations).default("tanh").describe("activation of the hidden layers"),
  slope: z.number().min(0).default(0.2).describe("slope of leakyRelu below zero"),
  normalization: z.enum(normalizations).default("none").describe("of the hidden layers, before their activation"),
});
export type NetworkOptions = z.output<typeof networkSchema>;

/** Activation of hidden layers → a line about it, for listings. */
export const activationLines: Readonly<Record<NetworkOptions["activation"], string>> = {
  identity: "x: a linear layer",
  tanh: "tanh x",
  relu: "max(0, x)",
  leakyRelu: "x above 0, slope · x below",
};
