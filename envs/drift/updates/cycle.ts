import { z } from "zod";
import { defineUpdate } from "../update.js";

/** Takes listed values in turn and begins again after the last. */
export const cycle = defineUpdate({
  description: "listed values in turn",
  schema: z.strictObject({
    name: z.literal("cycle"),
    values: z.array(z.number()).min(1).describe("the values taken in turn, from the first change on"),
  }),
  create: ({ values }) => ({
    kind: "scalar",
    value: (_present, { count }) => values[(count - 1) % values.length],
    range: values,
  }),
});
