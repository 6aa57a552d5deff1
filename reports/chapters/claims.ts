import type { Claim } from "./claim.js";
import { adagradStalls } from "./claims/adagrad-stalls.js";
import { memoryOfSquares } from "./claims/memory.js";
import { scaleInvariance } from "./claims/scale-invariance.js";

/** Every claim, in the chapters' order. Adding one is its file, a line here, and its experiment in study.yaml. */
export const claims: readonly Claim[] = [scaleInvariance, adagradStalls, memoryOfSquares];
