import { reportOf } from "../parts/report.js";
import { clipping } from "./clipping.js";
import { law } from "./law.js";
import { recovery } from "./recovery.js";
import { returns } from "./returns.js";
import { scale } from "./scale.js";
import { state } from "./state.js";

export const adaptationReport = reportOf(
  "RMSprop forgets with memory 1/(1 − ρ) updates. Two different times are called adaptation: how long its *step* takes to return to its size after the gradient's scale jumped, which has a closed form, and how long an *agent* takes to perform again after its environment jumped, which has none. This report measures both, jumps up and down apart.",
  [scale, law, clipping, state, returns, recovery],
);
