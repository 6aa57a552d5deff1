import { quadraticProblem } from "./quadratic.js";
import { scaleJumpProblem } from "./scale-jump.js";

/** Every problem. Adding one is its file and a line here. */
export const problems = [quadraticProblem, scaleJumpProblem] as const;
