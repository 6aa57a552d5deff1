export { type Averaging, averaging } from "./averaging.js";
export { type BilinearOptions, bilinear } from "./bilinear.js";
export { type DiracOptions, dirac } from "./dirac.js";
export type { Game, Player } from "./game.js";
export { grid, type Mixture, ring, sampleMixture } from "./mixture.js";
export { type MixtureGan, type MixtureOptions, mixtureGan } from "./mixture-gan.js";
export { type Order, type Play, play, type StepRecord } from "./play.js";
export { highQualityCeiling, type Quality, quality } from "./quality.js";
export { games } from "./task.js";
