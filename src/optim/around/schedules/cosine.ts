import { z } from "zod";
import { defineSchedule, factor, halfCosine, progress, steps } from "./definition.js";

/**
 * to + (1 − to)(1 + cos π s)/2 with s = min(1, t/steps); with restarts again from the top times `shrink`, over `stretch`
 * times as many steps.
 *
 * Source: Loshchilov and Hutter (2017); `CosineAnnealingWarmRestarts`.
 */
export const cosineSchedule = defineSchedule({
  description: "half a cosine, once or again and again",
  schema: z.strictObject({
    name: z.literal("cosine"),
    steps: steps.describe("length of the (first) fall"),
    to: factor.default(0).describe("the last factor"),
    restarts: z.boolean().default(false).describe("begin again from the top, instead of staying at `to`"),
    stretch: z.int().positive().default(1).describe("each fall is this many times as long as the one before"),
    shrink: factor.default(1).describe("each restart begins at this fraction of the one before"),
  }),
  create:
    ({ steps: first, to, restarts, stretch, shrink }) =>
    (step) => {
      if (!restarts) return halfCosine(1, to, progress(step, first));
      let here = step;
      let length = first;
      let top = 1;
      while (here >= length) {
        here -= length;
        length *= stretch;
        top *= shrink;
      }
      return halfCosine(top, to, here / length);
    },
});
