import { z } from "zod";
import { defineUpdate } from "../update.js";
import { drawUniform } from "./simplex.js";

/** A new distribution at each change, uniform on the simplex. */
export const distributionRandom = defineUpdate({
  description: "a new distribution, uniform on the simplex",
  schema: z.strictObject({ name: z.literal("distributionRandom") }),
  create: () => ({
    kind: "distribution",
    move: (present, { stream }) => drawUniform(present.length, stream),
    named: [],
  }),
});
