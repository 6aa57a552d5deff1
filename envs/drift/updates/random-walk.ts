import { z } from "zod";
import type { Update } from "../update.js";

export const randomWalkSchema = z.strictObject({
  name: z.literal("randomWalk"),
  deviation: z.number().nonnegative().describe("standard deviation σ of a step"),
  drift: z.number().default(0).describe("mean μ of a step"),
});

/** θₙ = θₙ₋₁ + μ + σ N(0, 1). The entry's `bounds` bound it. */
export function randomWalk({ deviation, drift }: z.output<typeof randomWalkSchema>): Update {
  return {
    kind: "scalar",
    value: (present, { stream }) => present + drift + deviation * stream.normal(),
    walk(present, changes, normals, low, high) {
      let value = present;
      for (let n = 0; n < changes; n++) value = Math.min(Math.max(value + drift + deviation * normals[n], low), high);
      return value;
    },
    range: [],
  };
}
