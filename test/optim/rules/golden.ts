import { readFileSync } from "node:fs";
import type { OptimizerInput } from "../../../src/optim/index.js";

export interface GoldenCase {
  /** The library. */
  readonly fl: "torch" | "optax" | "keras";
  readonly name: string;
  readonly kw: Readonly<Record<string, unknown>>;
  /** The parameters after each step. */
  readonly tr: readonly (readonly number[])[];
}

/** Gradients, start and trajectories that the libraries themselves computed in float64. */
export const golden = JSON.parse(readFileSync(new URL("../../golden/optimizers.json", import.meta.url), "utf8")) as {
  readonly G: readonly (readonly number[])[];
  readonly P: readonly number[];
  readonly cases: readonly GoldenCase[];
};

/** The libraries' argument names in ours. */
const names: Readonly<Record<string, string>> = {
  learning_rate: "lr",
  alpha: "rho",
  decay: "rho",
  b2: "beta2",
  epsilon: "eps",
  eps_root: "epsRoot",
  weight_decay: "weightDecay",
  decoupled_weight_decay: "decoupled",
  lr_decay: "lrDecay",
  initial_accumulator_value: "initialAccumulator",
  initial_scale: "initialAccumulator",
  bias_correction: "biasCorrection",
};

/** A case as options for `createOptimizer`: its name, its flavour, and the arguments that were given, no others. */
export function optionsOf({ fl, name, kw }: GoldenCase): OptimizerInput {
  const given = Object.entries(kw).flatMap(([key, value]): [string, unknown][] => {
    if (key === "betas") {
      const [beta1, beta2] = value as [number, number];
      return [
        ["beta1", beta1],
        ["beta2", beta2],
      ];
    }
    if (key === "eps_in_sqrt") return [["epsPlacement", value ? "inside" : "outside"]];
    return [[names[key] ?? key, value]];
  });
  const options = { flavour: fl, ...Object.fromEntries(given) } as Record<string, unknown>;
  if (name === "amsgrad") return { ...options, name: "adam", amsgrad: true } as OptimizerInput;
  if (name === "sgd" && "momentum" in kw) return { ...options, name: "momentum" } as OptimizerInput;
  if (name === "adam" && "nesterov" in kw) {
    const { nesterov: _, ...others } = options;
    return { ...others, name: "nadam" } as OptimizerInput;
  }
  return { ...options, name } as OptimizerInput;
}
