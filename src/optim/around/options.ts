import { z } from "zod";
import { type Clip, clipSchema } from "./clip.js";
import { describeDefaults } from "./defaults.js";
import { scheduleSchema } from "./schedule.js";

/** The checks that several optimizers' schemas share. The learning rate 0 is legal: it freezes. */
export const learningRate = z.number().nonnegative();
export const decayRate = z.number().min(0).lt(1);
/** Negative momentum is legal (Gidel et al. 2019); |β| < 1 keeps the buffer bounded. */
export const momentumCoefficient = z.number().gt(-1).lt(1);
export const stabiliser = z.number().nonnegative();

/** The libraries whose details can be reproduced exactly. A flavour is a set of defaults for the other options. */
export type Flavour = "torch" | "optax" | "keras" | "tf1" | "tfjs";

/** Flavour → an optimizer's own defaults. Its keys are the libraries that have the optimizer, the default flavour first. */
export type Defaults<Values = Readonly<Record<string, unknown>>> = { readonly [F in Flavour]?: Values };

/** Options shared by every optimizer. */
const shared = {
  weightDecay: z.number().nonnegative().describe("coefficient λ of the decay"),
  decoupled: z.boolean().describe("subtract η λ θ beside the step, instead of adding λ θ to the gradient"),
  schedule: scheduleSchema.nullable().describe("a factor on the learning rate over the steps; null: none"),
  clip: clipSchema.nullable().describe("of the gradient, before anything else sees it; null: none"),
  decayBeforeClip: z.boolean().describe("coupled decay is part of the clipped gradient"),
  onChange: z.enum(["keep", "reset"]).describe("what a signalled change of the objective does to the state"),
};
type Shared = typeof shared;

/**
 * Where the libraries' surroundings differ: Keras' `weight_decay` is always decoupled; where a library has no coupled
 * decay of its own (Keras, TensorFlow), it is a regulariser in the loss, so that clipping sees it.
 */
function sharedDefaults(flavour: Flavour) {
  return {
    weightDecay: 0,
    decoupled: flavour === "keras",
    schedule: null,
    clip: null,
    decayBeforeClip: flavour === "keras" || flavour === "tf1" || flavour === "tfjs",
    onChange: "keep",
  } as const;
}

type Optional<Shape> = { [Key in keyof Shape]: z.ZodOptional<Extract<Shape[Key], z.ZodType>> };
type OptionsShape<Name extends string, Table, Own> = { name: z.ZodLiteral<Name> } & Optional<
  Own & Omit<Shared, keyof Own>
> & { flavour: z.ZodOptional<z.ZodEnum<{ readonly [F in keyof Table & string]: F }>> };

/**
 * The schema of an optimizer's options as they are written: its name, its own options, those that all share, and the
 * flavour. All but the name may be left out; each option's description ends with its defaults, from the table.
 *
 * @param own its own options with their descriptions; one of a shared option's name takes that one's place
 */
export function optionsSchema<
  const Name extends string,
  Table extends Defaults,
  Own extends Readonly<Record<string, z.ZodType>>,
>(name: Name, defaults: Table, own: Own) {
  const flavours = Object.keys(defaults) as Flavour[];
  const table = flavours.map((flavour) => [flavour, { ...sharedDefaults(flavour), ...defaults[flavour] }] as const);
  const options = Object.entries<z.ZodType>({ ...own, ...shared, ...own } as Readonly<Record<string, z.ZodType>>).map(
    ([key, schema]) => [key, schema.optional().describe(describeDefaults(schema.description, key, table))] as const,
  );
  const flavour = z
    .enum(flavours)
    .optional()
    .describe(`the library whose defaults hold for what is left out; default ${flavours[0]}`);
  const shape = { name: z.literal(name), ...Object.fromEntries(options), flavour };
  return z.strictObject(shape as OptionsShape<Name, Table, Own>);
}

/** An optimizer's options with every default filled in. */
export type Resolved<Schema extends z.ZodType> = {
  readonly [Key in keyof z.output<Schema>]-?: Key extends "clip"
    ? Clip | null
    : Exclude<z.output<Schema>[Key], undefined>;
};

/** The defaults that a flavour has to give: of all own options; of the shared ones where its defaults differ. */
export type OwnDefaults<Options> = Omit<Options, "name" | "flavour" | keyof Shared> &
  Partial<Pick<Options, keyof Shared & keyof Options>>;

type Given = Readonly<Record<string, unknown>> & { readonly flavour?: Flavour | undefined };

/**
 * The options given, and the flavour's values for all others.
 *
 * @param derived defaults that follow from other options, in place of the table's
 */
export function resolveOptions(
  given: Given,
  defaults: Defaults,
  derived: (flavour: Flavour) => object,
): Readonly<Record<string, unknown>> {
  const flavour = given.flavour ?? (Object.keys(defaults)[0] as Flavour);
  const written = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const all = { ...sharedDefaults(flavour), ...defaults[flavour], ...derived(flavour), ...written, flavour };
  const clip = (written as { readonly clip?: z.output<typeof clipSchema> | null }).clip;
  return clip ? { ...all, clip: { ...clip, eps: clip.eps ?? (flavour === "torch" ? 1e-6 : 0) } } : all;
}
