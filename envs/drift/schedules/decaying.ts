import { z } from "zod";
import { exp } from "../../../src/math/elementary/exponential.js";
import { defineSchedule } from "../schedule.js";
import { wait } from "./geometric.js";

/** A uniform draw has 32 bits: it never falls below this but for being 0. */
const NEVER = 1 / 2 / 0x1_0000_0000;

/**
 * Changes at step t with probability p·exp(−rate·t), ever more rarely.
 *
 * By thinning: waits are drawn for the probability at the present time, which is never exceeded later, and kept in
 * proportion to what it has fallen to (Lewis and Shedler 1979).
 */
export const decaying = defineSchedule({
  description: "at each step with a probability that decays",
  schema: z.strictObject({
    name: z.literal("decaying"),
    probability: z.number().positive().max(1).describe("of a change at step 0"),
    rate: z.number().positive().describe("of the probability's decay, per step"),
  }),
  create({ probability, rate }) {
    const at = (time: number) => probability * exp(-rate * time);
    return {
      next(after, stream) {
        let time = Math.floor(after);
        while (at(time) > NEVER) {
          const bound = at(time);
          time += wait(bound, stream);
          if (stream.uniform() * bound < at(time)) return time;
        }
        return Number.POSITIVE_INFINITY;
      },
    };
  },
});
