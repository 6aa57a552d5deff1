import { classificationProblem } from "./classification.js";
import { continuousBanditProblem } from "./continuous-bandit.js";
import { federatedProblem } from "./federated.js";
import { metaRmspropProblem } from "./meta-rmsprop.js";
import { minorityProblem } from "./minority.js";
import { oscillationProblem } from "./oscillation.js";
import { quadraticProblem } from "./quadratic.js";
import { randomGradientsProblem } from "./random-gradients.js";
import { rosenbrockProblem } from "./rosenbrock.js";
import { saddleProblem } from "./saddle.js";
import { scaleJumpProblem } from "./scale-jump.js";
import { switchingNoiseProblem } from "./switching-noise.js";

/** Every problem. Adding one is its file and a line here. */
export const problems = [
  scaleJumpProblem,
  continuousBanditProblem,
  quadraticProblem,
  randomGradientsProblem,
  oscillationProblem,
  rosenbrockProblem,
  saddleProblem,
  switchingNoiseProblem,
  federatedProblem,
  metaRmspropProblem,
  classificationProblem,
  minorityProblem,
] as const;
