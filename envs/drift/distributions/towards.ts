import { z } from "zod";
import type { DistributionUpdate } from "../update.js";
import { between, distributionSchema } from "./simplex.js";

export const distributionLinearSchema = z.strictObject({
  name: z.literal("distributionLinear"),
  to: distributionSchema.describe("the distribution at the end"),
  over: z.int().positive().describe("number of changes until then"),
});
export const distributionReversionSchema = z.strictObject({
  name: z.literal("distributionReversion"),
  to: distributionSchema.describe("the distribution that it nears"),
  rate: z.number().positive().max(1).describe("share of the rest of the way done at each change"),
});

/** pₙ = p₀ + (to − p₀)·min(n/over, 1): a straight line to a target. */
export function distributionLinear({ to, over }: z.output<typeof distributionLinearSchema>): DistributionUpdate {
  return {
    kind: "distribution",
    move: (_present, { count, start }) => (count >= over ? to : between(start, to, count / over)),
    named: [to],
  };
}

/** pₙ = pₙ₋₁ + rate·(to − pₙ₋₁): back to a target from wherever it is. */
export function distributionReversion({ to, rate }: z.output<typeof distributionReversionSchema>): DistributionUpdate {
  return { kind: "distribution", move: (present) => between(present, to, rate), named: [to] };
}
