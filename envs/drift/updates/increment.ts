import { z } from "zod";
import type { Update } from "../update.js";

export const incrementSchema = z.strictObject({
  name: z.literal("increment"),
  by: z.number().describe("added at each change; negative to decrease"),
});

/** θₙ = θₙ₋₁ + by: builds on whatever the parameter is now, also where another entry or a user has set it. */
export function increment({ by }: z.output<typeof incrementSchema>): Update {
  return { kind: "scalar", value: (present) => present + by, range: [] };
}
