import { z } from "zod";
import type { Update } from "../update.js";

export const customUpdateSchema = z.strictObject({
  name: z.literal("custom"),
  value: z.custom<Update["value"]>((value) => typeof value === "function", {
    message: "expected a function (present, { count, time, start, stream }) => value; a file cannot hold one",
  }),
});

/** What a function says. */
export function customUpdate({ value }: z.output<typeof customUpdateSchema>): Update {
  return { kind: "scalar", value, range: [] };
}
