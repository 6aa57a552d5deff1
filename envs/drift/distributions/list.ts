import { z } from "zod";
import { defineUpdate } from "../update.js";
import { distributionSchema } from "./simplex.js";

/** Takes listed distributions one after the other and stays at the last. */
export const distributionList = defineUpdate({
  description: "listed distributions, of which the last stays",
  schema: z.strictObject({
    name: z.literal("distributionList"),
    values: z.array(distributionSchema).min(1).describe("the distributions taken one after the other"),
  }),
  create: ({ values }) => ({
    kind: "distribution",
    move: (_present, { count }) => values[Math.min(count, values.length) - 1],
    named: values,
  }),
});
