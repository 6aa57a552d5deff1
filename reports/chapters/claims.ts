import type { Claim } from "./claim.js";
import { adagradStalls } from "./claims/adagrad-stalls.js";
import { architectureRanking } from "./claims/architecture-ranking.js";
import { centred } from "./claims/centred.js";
import { correctionNetwork } from "./claims/correction-network.js";
import { correctionSteadies } from "./claims/correction-steadies.js";
import { cosineInterference } from "./claims/cosine-interference.js";
import { ganCycles } from "./claims/gan-cycles.js";
import { ganMomentum } from "./claims/gan-momentum.js";
import { ganRmsprop } from "./claims/gan-rmsprop.js";
import { illConditioning } from "./claims/ill-conditioning.js";
import { memoryOfSquares } from "./claims/memory.js";
import { noisyMinority } from "./claims/noisy-minority.js";
import { normalization } from "./claims/normalization.js";
import { rosenbrockValley } from "./claims/rosenbrock.js";
import { saddleEscape } from "./claims/saddle-escape.js";
import { scaleInvariance } from "./claims/scale-invariance.js";
import { smallGradients } from "./claims/small-gradients.js";
import { smoothLandscapes } from "./claims/smooth-landscapes.js";
import { spikeAbsorbed } from "./claims/spike-absorbed.js";
import { spikeDamping } from "./claims/spike-damping.js";
import { spikeNetwork } from "./claims/spike-network.js";
import { varianceSignal } from "./claims/variance-signal.js";
import { weightDecay } from "./claims/weight-decay.js";
import { zeroStart } from "./claims/zero-start.js";

/** Every claim, in the chapters' order. Adding one is its file, a line here, and its experiment in study.yaml. */
export const claims: readonly Claim[] = [
  scaleInvariance,
  adagradStalls,
  memoryOfSquares,
  zeroStart,
  correctionNetwork,
  correctionSteadies,
  centred,
  illConditioning,
  rosenbrockValley,
  saddleEscape,
  smallGradients,
  varianceSignal,
  cosineInterference,
  spikeAbsorbed,
  spikeDamping,
  spikeNetwork,
  normalization,
  weightDecay,
  architectureRanking,
  smoothLandscapes,
  noisyMinority,
  ganCycles,
  ganRmsprop,
  ganMomentum,
];
