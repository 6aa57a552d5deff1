import { z } from "zod";
import { defineSchedule, factor } from "./definition.js";

/** f at every step. */
export const constantSchedule = defineSchedule({
  description: "one factor at every step",
  schema: z.strictObject({
    name: z.literal("constant"),
    factor: factor.default(1).describe("the factor at every step"),
  }),
  create: (options) => () => options.factor,
});
