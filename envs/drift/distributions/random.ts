import { z } from "zod";
import type { DistributionUpdate } from "../update.js";
import { drawUniform } from "./simplex.js";

export const distributionRandomSchema = z.strictObject({ name: z.literal("distributionRandom") });

/** A fresh distribution at each change, uniform on the simplex. */
export function distributionRandom(): DistributionUpdate {
  return { kind: "distribution", move: (present, { stream }) => drawUniform(present.length, stream), named: [] };
}
