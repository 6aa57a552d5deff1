import { moonsTarget, spiralTarget, swissRollTarget } from "./curves.js";
import { gridTarget, ringTarget } from "./mixture.js";
import { pointsTarget } from "./points.js";

/** Every target that a 2D GAN can learn. Adding one is its file and a line here. */
export const targets = [ringTarget, gridTarget, swissRollTarget, moonsTarget, spiralTarget, pointsTarget] as const;
