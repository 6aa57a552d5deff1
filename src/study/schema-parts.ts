import { z } from "zod";

const scalar = z.union([z.number(), z.string(), z.boolean(), z.null()]);

/** Values that are their own labels: plain ones, or lists of them. */
export const plainValuesSchema = z.array(z.union([scalar, z.array(scalar)])).min(1);

export const seedsSchema = z
  .array(z.int().nonnegative())
  .min(1)
  .refine((seeds) => new Set(seeds).size === seeds.length, "expected seeds that differ");
