import { z } from "zod";
import { clipSchema } from "./clip.js";
import { scheduleSchema } from "./schedule.js";

/** The checks that several optimizers' schemas share. The learning rate 0 is legal: it freezes. */
export const learningRate = z.number().nonnegative();
export const decayRate = z.number().min(0).lt(1);
/** Negative momentum is legal (Gidel et al. 2019); |β| < 1 keeps the buffer bounded. */
export const momentumCoefficient = z.number().gt(-1).lt(1);
export const stabiliser = z.number().nonnegative();
export const decay = z.number().nonnegative();

/** The libraries whose details can be reproduced exactly. A flavour is a set of defaults for the other options. */
export const flavours = ["torch", "optax", "keras", "tf1", "tfjs"] as const;
export type Flavour = (typeof flavours)[number];
export const flavour = z.enum(flavours);

/** What may be done to any optimizer's gradients, learning rate and parameters: options of all of them. */
export const common = {
  weightDecay: decay.optional().describe("coefficient λ of the decay; default 0"),
  decoupled: z
    .boolean()
    .optional()
    .describe("subtract η λ θ beside the step, instead of adding λ θ to the gradient; default: keras yes, others no"),
  schedule: scheduleSchema.nullable().optional().describe("a factor on the learning rate over the steps; default none"),
  clip: clipSchema.nullable().optional().describe("of the gradient, before anything else sees it; default none"),
  decayBeforeClip: z
    .boolean()
    .optional()
    .describe("coupled decay is part of the clipped gradient; default: keras, tf1, tfjs yes, torch, optax no"),
  onChange: z
    .enum(["keep", "reset"])
    .optional()
    .describe("what a signalled change of the objective does to the state; default keep"),
};

/** An optimizer's options with every default filled in. */
export type Resolved<Schema extends z.ZodType> = {
  readonly [Key in keyof z.output<Schema>]-?: Key extends "clip"
    ? ResolvedClip | null
    : Exclude<z.output<Schema>[Key], undefined>;
};
type ResolvedClip = Required<Omit<z.output<typeof clipSchema>, "tensors">> & { readonly tensors?: readonly number[] };

type Given = Readonly<Record<string, unknown>> & { readonly flavour?: Flavour };
type Shared = Resolved<z.ZodObject<typeof common>>;
type Own<Options> = Omit<Options, "name" | "flavour" | keyof Shared> &
  Partial<Pick<Options, keyof Shared & keyof Options>>;

/**
 * The options given, and the flavour's values for all others.
 *
 * @param defaults flavour → the optimizer's own defaults; its keys are the libraries that have the optimizer
 * @param fallback the flavour meant where none is given
 */
export function resolve<Options>(
  given: Given,
  defaults: Partial<Record<Flavour, Own<Options>>>,
  fallback: Flavour = "torch",
): Options {
  const name = given.flavour ?? fallback;
  const written = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const all = { ...shared(name), ...defaults[name], ...written, flavour: name } as unknown as Shared;
  if (all.clip === null) return all as Options;
  return { ...all, clip: { ...all.clip, eps: all.clip.eps ?? (name === "torch" ? 1e-6 : 0) } } as Options;
}

/**
 * Where the libraries' surroundings differ: Keras' `weight_decay` is always decoupled; where a library has no coupled
 * decay of its own (Keras, TensorFlow), it is a regulariser in the loss, so that clipping sees it.
 */
function shared(name: Flavour): Shared {
  return {
    weightDecay: 0,
    decoupled: name === "keras",
    schedule: null,
    clip: null,
    decayBeforeClip: name === "keras" || name === "tf1" || name === "tfjs",
    onChange: "keep",
  };
}
