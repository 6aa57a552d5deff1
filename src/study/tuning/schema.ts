import { z } from "zod";
import { mostSobolDimensions } from "../../math/sobol.js";
import { plainValuesSchema, seedsSchema } from "../schema-parts.js";

const halvingSchema = z.strictObject({
  start: z.int().positive().default(2).describe("seeds on which every point is tried"),
  keep: z
    .number()
    .positive()
    .lt(1)
    .default(0.5)
    .describe("the part that goes on, on twice as many seeds, until all seeds are used; rounded up"),
});

const rangeSchema = z
  .strictObject({
    low: z.number().describe("the least value"),
    high: z.number().describe("the greatest value"),
    scale: z.enum(["linear", "logarithmic"]).default("linear").describe("on which points are spread evenly"),
  })
  .refine(({ low, high }) => low < high, { message: "expected more than low", path: ["high"] })
  .refine(({ low, scale }) => scale === "linear" || low > 0, {
    message: "expected more than 0 on a logarithmic scale",
    path: ["low"],
  });

const atLeastOne = (axes: object) => Object.keys(axes).length > 0;

const shared = {
  seeds: seedsSchema.default([101, 102, 103]).describe("the seeds of tuning, apart from the experiment's own"),
  metric: z
    .string()
    .min(1)
    .describe("a number of the runs' summaries, such as meanReturnLast100 (ringdown list metrics)"),
  goal: z.enum(["maximise", "minimise"]).default("maximise").describe("of the metric's mean over the seeds"),
  per: z
    .array(z.string())
    .optional()
    .describe("axes of the grid for whose values the best is sought apart: all where left out"),
  set: z.record(z.string(), z.unknown()).default({}).describe("path → value: how tuning runs differ from the others"),
  halving: halvingSchema.optional().describe("drop the worse points before all seeds are used"),
};

const gridSchema = z.strictObject({
  axes: z
    .record(z.string().min(1), plainValuesSchema)
    .refine(atLeastOne, "expected at least one axis")
    .describe("path in the configuration → values; the points are their Cartesian product"),
  method: z.literal("grid").optional().describe("grid, random or sobol"),
  ...shared,
  extend: z
    .int()
    .nonnegative()
    .default(2)
    .describe("how often the grid goes a step further where the best stands at an edge, for every condition alike"),
});

const sampledSchema = z.strictObject({
  axes: z
    .record(z.string().min(1), rangeSchema)
    .refine(atLeastOne, "expected at least one axis")
    .describe("path in the configuration → range"),
  method: z.enum(["random", "sobol"]).describe("points drawn at random, or from Sobol's sequence"),
  budget: z.int().positive().describe("number of points"),
  ...shared,
});

/** What an experiment tunes, and how. Without a method it is a grid. */
export const tuneSchema = z
  .discriminatedUnion("method", [gridSchema, sampledSchema])
  .refine(({ halving, seeds }) => halving === undefined || halving.start < seeds.length, {
    message: "expected fewer seeds than tuning has",
    path: ["halving", "start"],
  })
  .refine(({ method, axes }) => method !== "sobol" || Object.keys(axes).length <= mostSobolDimensions, {
    message: `expected at most ${mostSobolDimensions} axes for Sobol's sequence`,
    path: ["axes"],
  });

export type Tune = z.output<typeof tuneSchema>;
export type Range = z.output<typeof rangeSchema>;
