import { z } from "zod";
import { defineUpdate, type Update } from "../update.js";

/** Changes to what a function says. */
export const customUpdate = defineUpdate({
  description: "to what a function of your own says, in code",
  schema: z.strictObject({
    name: z.literal("custom"),
    /** The new value from the present one. */
    value: z
      .custom<Update["value"]>((value) => typeof value === "function", {
        message: "expected a function (present, { count, time, start, stream }) => value; a file cannot hold one",
      })
      .describe("the function (present, { count, time, start, stream }) => value"),
  }),
  create: ({ value }) => ({ kind: "scalar", value, range: [] }),
});
