import { z } from "zod";
import { flavour, type Resolved, resolve } from "../around/options.js";
import type { Optimizer } from "../optimizer.js";
import type { UpdateEngine } from "../rule.js";
import { adam, adamDefaults, adamFields } from "./adam.js";

export const adamRelSchema = z.strictObject({ name: z.literal("adamRel"), ...adamFields, flavour: flavour.optional() });
export type AdamRelOptions = Resolved<typeof adamRelSchema>;

export function resolveAdamRel(given: z.output<typeof adamRelSchema>): AdamRelOptions {
  const { torch, optax, keras, tf1, tfjs } = adamDefaults;
  const onChange = "time" as const;
  return resolve<AdamRelOptions>(given, {
    torch: { ...torch, onChange },
    optax: { ...optax, onChange },
    keras: { ...keras, onChange },
    tf1: { ...tf1, onChange },
    tfjs: { ...tfjs, onChange },
  });
}

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
