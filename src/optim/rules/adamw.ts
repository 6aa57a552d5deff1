import { optionsSchema, type Resolved } from "../around/options.js";
import { defineRule } from "../definition.js";
import type { Optimizer } from "../optimizer.js";
import type { UpdateEngine } from "../rule.js";
import { adam, adamDefaults, adamFields } from "./adam.js";

const { torch, optax, keras } = adamDefaults;
const defaults = {
  torch: { ...torch, decoupled: true, weightDecay: 0.01 },
  optax: { ...optax, decoupled: true, weightDecay: 0.0001 },
  keras: { ...keras, decoupled: true, weightDecay: 0.004 },
} as const;

const schema = optionsSchema("adamw", defaults, adamFields);
/** Options of `adamw`, with every default filled in. */
export type AdamwOptions = Resolved<typeof schema>;

/**
 * AdamW: Adam with decoupled weight decay.
 *
 *     θ ← θ − η λ θ − η · Adam(g)
 *
 * Coupled, λ θ would pass through Adam's division: where the gradient is noisy with deviation σ ≫ λ θ, θ shrinks by
 * about η λ θ/σ a step instead of η λ θ. Options, shapes and hazards are Adam's, and its defaults but for λ: `defaults`
 * above. The paper's λ is not multiplied by η; the libraries' is.
 *
 * Source: Loshchilov and Hutter (2019); `torch.optim.AdamW`.
 */
export function adamw(options: AdamwOptions, engine?: UpdateEngine): Optimizer {
  return adam(options, engine);
}

export const adamwDefinition = defineRule({
  description: "Adam with decoupled weight decay",
  schema,
  defaults,
  make: adamw,
});
