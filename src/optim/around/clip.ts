import { z } from "zod";
import { InputError } from "../../config/input-error.js";
import type { Vector } from "../transform.js";

export const clipSchema = z.strictObject({
  by: z
    .enum(["value", "norm", "globalNorm"])
    .describe("each entry, the norm of each tensor, or the norm of all tensors together"),
  limit: z.number().positive().describe("the largest absolute value, or the largest Euclidean norm"),
  eps: z.number().nonnegative().optional().describe("added to the norm; default: torch 1e-6, others 0"),
  tensors: z
    .array(z.int().positive())
    .min(1)
    .optional()
    .describe("lengths of the tensors that make up the flat vector, for norm; default: it is one tensor"),
});

/** Clipping of a gradient, with every default filled in. */
export interface Clip {
  readonly by: "value" | "norm" | "globalNorm";
  readonly limit: number;
  readonly eps: number;
  readonly tensors?: readonly number[];
}

/**
 * Clips a gradient in place.
 *
 *     value       g_i ← min(max(g_i, −c), c)
 *     norm        g ← g · min(1, c/(‖g‖ + ε)), each tensor by its own norm
 *     globalNorm  the same, all tensors by their common norm
 *
 * Source: Pascanu et al. (2013). `torch.nn.utils.clip_grad_norm_` adds ε = 10⁻⁶ to the norm; optax
 * (`clip_by_global_norm`) and Keras (`clipnorm`, `global_clipnorm`) add nothing.
 */
export function clipInPlace(gradients: Vector, { by, limit, eps, tensors }: Clip): void {
  if (by === "value") {
    for (let i = 0; i < gradients.length; i++) {
      if (gradients[i] > limit) gradients[i] = limit;
      else if (gradients[i] < -limit) gradients[i] = -limit;
    }
    return;
  }
  if (by === "globalNorm" || tensors === undefined) {
    shrink(gradients, 0, gradients.length, limit, eps);
    return;
  }
  let offset = 0;
  for (let k = 0; k < tensors.length; k++) {
    shrink(gradients, offset, offset + tensors[k], limit, eps);
    offset += tensors[k];
  }
}

function shrink(gradients: Vector, from: number, to: number, limit: number, eps: number): void {
  let sum = 0;
  for (let i = from; i < to; i++) sum += gradients[i] * gradients[i];
  const scale = limit / (Math.sqrt(sum) + eps);
  if (scale >= 1) return;
  for (let i = from; i < to; i++) gradients[i] *= scale;
}

/** @throws InputError where the tensors do not make up a vector of this length */
export function requireTensors({ tensors }: Clip, length: number): void {
  if (tensors === undefined) return;
  const sum = tensors.reduce((total, size) => total + size, 0);
  if (sum === length) return;
  throw new InputError(`optimizer: clip.tensors: expected lengths that sum to ${length} parameters, found ${sum}`);
}
