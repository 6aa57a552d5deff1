import { z } from "zod";
import { defineUpdate } from "../update.js";

/** θₙ = θₙ₋₁ + by: builds on whatever the parameter is now, also where another entry or a user has set it. */
export const increment = defineUpdate({
  description: "by the same again",
  schema: z.strictObject({
    name: z.literal("increment"),
    by: z.number().describe("added at each change; negative to decrease"),
  }),
  create: ({ by }) => ({ kind: "scalar", value: (present) => present + by, range: [] }),
});
