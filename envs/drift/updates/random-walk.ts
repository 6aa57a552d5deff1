import { z } from "zod";
import { defineUpdate } from "../update.js";

/** θₙ = θₙ₋₁ + μ + σ N(0, 1). The entry's `bounds` bound it. */
export const randomWalk = defineUpdate({
  description: "a random walk",
  schema: z.strictObject({
    name: z.literal("randomWalk"),
    deviation: z.number().nonnegative().describe("standard deviation σ of a step"),
    drift: z.number().default(0).describe("mean μ of a step"),
  }),
  create: ({ deviation, drift }) => ({
    kind: "scalar",
    value: (present, { stream }) => present + drift + deviation * stream.normal(),
    walk(present, changes, normals, low, high) {
      let value = present;
      for (let n = 0; n < changes; n++) value = Math.min(Math.max(value + drift + deviation * normals[n], low), high);
      return value;
    },
    range: [],
  }),
});
