import { z } from "zod";
import type { Update } from "../update.js";

export const cycleSchema = z.strictObject({
  name: z.literal("cycle"),
  values: z.array(z.number()).min(1).describe("the values taken in turn, from the first change on"),
});

/** Takes listed values in turn and begins again after the last. */
export function cycle({ values }: z.output<typeof cycleSchema>): Update {
  return { kind: "scalar", value: (_present, { count }) => values[(count - 1) % values.length], range: values };
}
