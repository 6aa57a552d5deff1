import { z } from "zod";
import { defineUpdate } from "../update.js";
import { distributionSchema } from "./simplex.js";

/** Takes listed distributions in turn and begins again after the last. */
export const distributionCycle = defineUpdate({
  description: "listed distributions in turn",
  schema: z.strictObject({
    name: z.literal("distributionCycle"),
    values: z.array(distributionSchema).min(1).describe("the distributions taken in turn"),
  }),
  create: ({ values }) => ({
    kind: "distribution",
    move: (_present, { count }) => values[(count - 1) % values.length],
    named: values,
  }),
});
