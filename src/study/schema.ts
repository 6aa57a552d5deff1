import { z } from "zod";
import { plainValuesSchema, seedsSchema } from "./schema-parts.js";
import { tuneSchema } from "./tuning/schema.js";

/** The most runs that a study can have: planning holds all of their configurations in memory. */
export const mostRuns = 100_000;

/** Names that Windows keeps for devices, whatever follows after a dot. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** The name of a study, an experiment or a table, which becomes a part of paths on every system. */
export const nameSchema = z
  .string()
  .max(64, "expected a name of at most 64 characters")
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, "expected a name of letters, digits, hyphens and underscores")
  .refine((name) => !devices.test(name), "expected a name that Windows does not keep for a device");

/** The values of one axis: a list, where each value is its own label, or a map from labels to values. */
export const axisSchema = z.union(
  [
    plainValuesSchema,
    z.record(z.string(), z.unknown()).refine((values) => Object.keys(values).length > 0, "expected at least one value"),
  ],
  "expected a list of plain values, or a map from labels to values (maps as values need labels)",
);

export const experimentSchema = z.strictObject({
  task: z.string().describe("what is run: a task's name, such as game, rl or problem"),
  config: z.record(z.string(), z.unknown()).default({}).describe("the configuration that all conditions share"),
  grid: z
    .record(z.string().min(1), axisSchema)
    .default({})
    .describe(
      "axes: path in the configuration → values; the conditions are their Cartesian product. An axis +name sets several paths at once: its values are maps from paths to values",
    ),
  seeds: seedsSchema.default([1, 2, 3]).describe("one run per condition and seed"),
  tune: tuneSchema.optional().describe("values that are sought on other seeds before the conditions are run"),
});

/** A study file: experiments, each a task, a base configuration, a grid of conditions, seeds, and what is tuned. */
export const studySchema = z.strictObject({
  name: nameSchema.describe("the folder's name under results/"),
  title: z.string().min(1).optional().describe("the question that the study asks; the name when left out"),
  experiments: z
    .record(nameSchema, experimentSchema)
    .refine((experiments) => Object.keys(experiments).length > 0, "expected at least one experiment")
    .describe("by name: what is run, each with its own grid and seeds"),
  quick: z
    .record(z.string(), z.unknown())
    .optional()
    .describe(
      "path → value, applied to this document when --quick is given; an experiment or its `tune` set to null is left out",
    ),
});

export type Axis = z.output<typeof axisSchema>;
export type ExperimentFile = z.output<typeof experimentSchema>;
export type StudyFile = z.output<typeof studySchema>;
