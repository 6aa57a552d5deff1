import { continuousBanditProblem } from "./continuous-bandit.js";
import { scaleJumpProblem } from "./scale-jump.js";

/** Every problem. Adding one is its file and a line here. */
export const problems = [scaleJumpProblem, continuousBanditProblem] as const;
