import { z } from "zod";
import { defineSchedule, factor, halfCosine } from "./definition.js";

/**
 * Rises from `from` to 1 over the fraction `rise` of its steps, falls to `to`; both by half a cosine.
 *
 * Source: Smith and Topin (2018); `OneCycleLR` to the step.
 */
export const oneCycleSchedule = defineSchedule({
  description: "a rise and a fall, each half a cosine",
  schema: z.strictObject({
    name: z.literal("oneCycle"),
    steps: z.int().min(2).describe("length of the whole cycle"),
    rise: z.number().gt(0).lt(1).default(0.3).describe("fraction of the steps that rise"),
    from: factor.default(1 / 25).describe("the first factor"),
    to: factor.default(1 / 25 / 1e4).describe("the last factor"),
  }),
  create({ steps: total, rise, from, to }) {
    const peak = rise * total - 1;
    const last = total - 1;
    return (step) =>
      step < peak ? halfCosine(from, 1, step / peak) : halfCosine(1, to, Math.min(1, (step - peak) / (last - peak)));
  },
});
