import { z } from "zod";
import { defineUpdate } from "../update.js";

/** Takes listed values one after the other and stays at the last. */
export const list = defineUpdate({
  description: "listed values, of which the last stays",
  schema: z.strictObject({
    name: z.literal("list"),
    values: z.array(z.number()).min(1).describe("the values taken one after the other, from the first change on"),
  }),
  create: ({ values }) => ({
    kind: "scalar",
    value: (_present, { count }) => values[Math.min(count, values.length) - 1],
    range: values,
  }),
});
