import { z } from "zod";
import { defineUpdate } from "../update.js";
import { between, distributionSchema } from "./simplex.js";

/** pₙ = pₙ₋₁ + rate·(to − pₙ₋₁): back to a target from wherever it is. */
export const distributionReversion = defineUpdate({
  description: "back to a distribution from wherever it is",
  schema: z.strictObject({
    name: z.literal("distributionReversion"),
    to: distributionSchema.describe("the distribution that it nears"),
    rate: z.number().positive().max(1).describe("fraction of the rest of the way done at each change"),
  }),
  create: ({ to, rate }) => ({ kind: "distribution", move: (present) => between(present, to, rate), named: [to] }),
});
