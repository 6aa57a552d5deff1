import { z } from "zod";

/** The checks that several optimizers' schemas share. The learning rate 0 is legal: it freezes. */
export const learningRate = z.number().nonnegative();
export const decayRate = z.number().min(0).lt(1);
/** Negative momentum is legal (Gidel et al. 2019); |β| < 1 keeps the buffer bounded. */
export const momentumCoefficient = z.number().gt(-1).lt(1);
export const stabiliser = z.number().nonnegative();
export const decay = z.number().nonnegative();
/** Whose details to reproduce exactly. */
export const flavour = z.enum(["torch"]);
