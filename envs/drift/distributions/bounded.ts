import { z } from "zod";
import { defineUpdate } from "../update.js";
import { between, drawUniform, totalVariation } from "./simplex.js";

/**
 * A random drift that is bounded: each change goes towards a distribution drawn uniformly, by at most `step` in total
 * variation, and all together by at most `budget`. Change n may use min(step, budget − step·(n − 1)), which keeps the
 * budget whatever the changes before have really used.
 */
export const distributionBounded = defineUpdate({
  description: "a random drift of bounded total variation",
  schema: z.strictObject({
    name: z.literal("distributionBounded"),
    step: z.number().positive().max(1).describe("most total variation of one change: the Lipschitz bound"),
    budget: z
      .number()
      .positive()
      .nullable()
      .default(null)
      .describe("most total variation of all changes; null for none"),
  }),
  create: ({ step, budget }) => ({
    kind: "distribution",
    move(present, { count, stream }) {
      const target = drawUniform(present.length, stream);
      const allowed = budget === null ? step : Math.min(step, Math.max(budget - step * (count - 1), 0));
      const distance = totalVariation(present, target);
      return between(present, target, distance > allowed ? allowed / distance : 1);
    },
    named: [],
  }),
});
