import { optionsSchema, type Resolved } from "../around/options.js";
import { defineRule } from "../definition.js";
import type { Optimizer } from "../optimizer.js";
import type { UpdateEngine } from "../rule.js";
import { adam, adamDefaults, adamFields } from "./adam.js";

const onChange = "time";
const defaults = {
  torch: { ...adamDefaults.torch, onChange },
  optax: { ...adamDefaults.optax, onChange },
  keras: { ...adamDefaults.keras, onChange },
  tf1: { ...adamDefaults.tf1, onChange },
  tfjs: { ...adamDefaults.tfjs, onChange },
} as const;

const schema = optionsSchema("adamRel", defaults, adamFields);
/** Options of `adamRel`, with every default filled in. */
export type AdamRelOptions = Resolved<typeof schema>;

/**
 * Adam-Rel: Adam whose time t is relative to the last change of the objective.
 *
 *     optimizer.change(state):  t ← 0, while m and v stay
 *
 * The correction then acts as at the start: a gradient that is k → ∞ times as large after the change gives
 * m̂/√v̂ → 1 at once, where Adam overshoots to 6.57 (β₁ = 0.9, β₂ = 0.999). If the scale falls instead, the old v is
 * inflated by the correction 1/(1 − β₂ᵗ), and the first steps are small.
 *
 * Options, shapes and flavours are Adam's. Nothing happens unless somebody calls `change`. A full reset of m, v and t is
 * `onChange: "reset"`, which every optimizer has.
 *
 * Source: Ellis et al. (2024), "Adam on local time"; full reset: Asadi et al. (2023).
 */
export function adamRel(options: AdamRelOptions, engine?: UpdateEngine): Optimizer {
  return adam(options, engine);
}

export const adamRelDefinition = defineRule({
  description: "Adam whose time restarts at every signalled change",
  schema,
  defaults,
  make: adamRel,
});
