import { z } from "zod";
import { exp } from "../../../math/elementary/exponential.js";
import { log } from "../../../math/elementary/logarithm.js";
import { defineSchedule, factor, progress, start, steps } from "./definition.js";

/** to + (from − to) (1 − s)^power, with s = min(1, (t − start)/steps), 0 before the start. As in optax. */
export const polynomialSchedule = defineSchedule({
  description: "a power of the steps that are left",
  schema: z.strictObject({
    name: z.literal("polynomial"),
    from: factor.default(1).describe("the first factor"),
    to: factor.default(0).describe("the last factor"),
    power: z.number().positive().default(2).describe("of the fraction of steps that is left"),
    steps: steps.describe("length of the curve"),
    start,
  }),
  create:
    ({ from, to, power, steps: length, start: begin }) =>
    (step) =>
      to + (from - to) * raise(1 - progress(step - begin, length), power),
});

/** x^power without the power function, whose bits differ between engines. */
function raise(x: number, power: number): number {
  if (power === 1) return x;
  return power === 2 ? x * x : exp(power * log(x));
}
