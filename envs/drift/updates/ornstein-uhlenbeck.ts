import { z } from "zod";
import { exp, expm1 } from "../../../src/math/elementary/exponential.js";
import { defineUpdate } from "../update.js";

/**
 * θₙ = μ + (θₙ₋₁ − μ) e^−κ + s √(1 − e^−2κ) N(0, 1): the Ornstein-Uhlenbeck process seen once per unit of time, exactly;
 * its stationary law is N(μ, s²).
 */
export const ornsteinUhlenbeck = defineUpdate({
  description: "a random walk that returns to a mean",
  schema: z.strictObject({
    name: z.literal("ornsteinUhlenbeck"),
    mean: z.number().describe("μ, to which it returns"),
    rate: z.number().positive().describe("κ of the return, per change"),
    deviation: z.number().nonnegative().describe("standard deviation s that it settles at"),
  }),
  create({ mean, rate, deviation }) {
    const kept = exp(-rate);
    const noise = deviation * Math.sqrt(-expm1(-2 * rate));
    return {
      kind: "scalar",
      value: (present, { stream }) => mean + (present - mean) * kept + noise * stream.normal(),
      walk(present, changes, normals, low, high) {
        let value = present;
        for (let n = 0; n < changes; n++)
          value = Math.min(Math.max(mean + (value - mean) * kept + noise * normals[n], low), high);
        return value;
      },
      range: [mean],
    };
  },
});
