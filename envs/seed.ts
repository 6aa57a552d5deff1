import { z } from "zod";

/** Seeds are non-negative integers, as in Gymnasium. */
export const seedSchema = z.int().nonnegative();
