import { z } from "zod";
import type { DistributionUpdate } from "../update.js";
import { distributionSchema } from "./simplex.js";

export const distributionListSchema = z.strictObject({
  name: z.literal("distributionList"),
  values: z.array(distributionSchema).min(1).describe("the distributions taken one after the other"),
});
export const distributionCycleSchema = z.strictObject({
  name: z.literal("distributionCycle"),
  values: z.array(distributionSchema).min(1).describe("the distributions taken in turn"),
});

/** Takes listed distributions one after the other and stays at the last. */
export function distributionList({ values }: z.output<typeof distributionListSchema>): DistributionUpdate {
  return {
    kind: "distribution",
    move: (_present, { count }) => values[Math.min(count, values.length) - 1],
    named: values,
  };
}

/** Takes listed distributions in turn and begins again after the last. */
export function distributionCycle({ values }: z.output<typeof distributionCycleSchema>): DistributionUpdate {
  return { kind: "distribution", move: (_present, { count }) => values[(count - 1) % values.length], named: values };
}
