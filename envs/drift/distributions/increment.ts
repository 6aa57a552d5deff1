import { z } from "zod";
import { defineUpdate } from "../update.js";

/**
 * pₖ grows by `by` as far as [0, 1] allows, the others shrink in proportion; where they are all zero they share what
 * pₖ gives equally.
 */
export const distributionIncrement = defineUpdate({
  description: "one probability grows at the others' cost",
  schema: z.strictObject({
    name: z.literal("distributionIncrement"),
    index: z.int().nonnegative().describe("the entry that grows, from 0"),
    by: z.number().min(-1).max(1).describe("added to its probability at each change; negative to shrink it"),
  }),
  create: ({ index, by }) => ({
    kind: "distribution",
    move(present) {
      const grown = Math.min(Math.max(present[index] + by, 0), 1);
      const others = 1 - present[index];
      return present.map((value, i) => {
        if (i === index) return grown;
        return others > 0 ? (value * (1 - grown)) / others : (1 - grown) / (present.length - 1);
      });
    },
    named: [],
  }),
});
