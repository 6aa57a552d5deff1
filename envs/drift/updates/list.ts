import { z } from "zod";
import type { Update } from "../update.js";

export const listSchema = z.strictObject({
  name: z.literal("list"),
  values: z.array(z.number()).min(1).describe("the values taken one after the other, from the first change on"),
});

/** Takes listed values one after the other and stays at the last. */
export function list({ values }: z.output<typeof listSchema>): Update {
  return {
    kind: "scalar",
    value: (_present, { count }) => values[Math.min(count, values.length) - 1],
    range: values,
  };
}
