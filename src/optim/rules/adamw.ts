import { z } from "zod";
import { type Resolved, resolve } from "../around/options.js";
import type { Optimizer } from "../optimizer.js";
import type { UpdateEngine } from "../rule.js";
import { adam, adamDefaults, adamFields } from "./adam.js";

export const adamwSchema = z.strictObject({
  name: z.literal("adamw"),
  ...adamFields,
  flavour: z.enum(["torch", "optax", "keras"]).optional(),
});
export type AdamwOptions = Resolved<typeof adamwSchema>;

export function resolveAdamw(given: z.output<typeof adamwSchema>): AdamwOptions {
  const { torch, optax, keras } = adamDefaults;
  return resolve<AdamwOptions>(given, {
    torch: { ...torch, decoupled: true, weightDecay: 0.01 },
    optax: { ...optax, decoupled: true, weightDecay: 0.0001 },
    keras: { ...keras, decoupled: true, weightDecay: 0.004 },
  });
}

/**
 * AdamW: Adam with decoupled weight decay.
 *
 *     θ ← θ − η λ θ − η · Adam(g)
 *
 * Coupled, λ θ would pass through Adam's division: where the gradient is noisy with deviation σ ≫ λ θ, θ shrinks by
 * about η λ θ/σ a step instead of η λ θ. Options, shapes and hazards are Adam's; λ is 0.01 (torch), 0.0001 (optax),
 * 0.004 (Keras). The paper's λ is not multiplied by η; the libraries' is.
 *
 * Source: Loshchilov and Hutter (2019); `torch.optim.AdamW`.
 */
export function adamw(options: AdamwOptions, engine?: UpdateEngine): Optimizer {
  return adam(options, engine);
}
