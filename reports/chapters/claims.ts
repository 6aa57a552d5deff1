import type { Claim } from "./claim.js";
import { adagradStalls } from "./claims/adagrad-stalls.js";
import { architectureRanking } from "./claims/architecture-ranking.js";
import { centred } from "./claims/centred.js";
import { changePace } from "./claims/change-pace.js";
import { correctionNetwork } from "./claims/correction-network.js";
import { correctionSteadies } from "./claims/correction-steadies.js";
import { cosineInterference } from "./claims/cosine-interference.js";
import { curriculum } from "./claims/curriculum.js";
import { federatedFairness } from "./claims/federated-fairness.js";
import { federatedNoise } from "./claims/federated-noise.js";
import { ganCycles } from "./claims/gan-cycles.js";
import { ganMomentum } from "./claims/gan-momentum.js";
import { ganRmsprop } from "./claims/gan-rmsprop.js";
import { illConditioning } from "./claims/ill-conditioning.js";
import { memoryOfSquares } from "./claims/memory.js";
import { metaLearning } from "./claims/meta-learning.js";
import { noisyMinority } from "./claims/noisy-minority.js";
import { normalization } from "./claims/normalization.js";
import { rlTracking } from "./claims/rl-tracking.js";
import { rosenbrockValley } from "./claims/rosenbrock.js";
import { saddleEscape } from "./claims/saddle-escape.js";
import { scaleInvariance } from "./claims/scale-invariance.js";
import { smallGradients } from "./claims/small-gradients.js";
import { smoothLandscapes } from "./claims/smooth-landscapes.js";
import { spikeAbsorbed } from "./claims/spike-absorbed.js";
import { spikeDamping } from "./claims/spike-damping.js";
import { spikeNetwork } from "./claims/spike-network.js";
import { squareAverage } from "./claims/square-average.js";
import { stabiliser } from "./claims/stabiliser.js";
import { tracking } from "./claims/tracking.js";
import { varianceSignal } from "./claims/variance-signal.js";
import { weightDecay } from "./claims/weight-decay.js";
import { zeroStart } from "./claims/zero-start.js";

/** Every claim, in the chapters' order. Adding one is its file, a line here, and its experiment in study.yaml. */
export const claims: readonly Claim[] = [
  scaleInvariance,
  stabiliser,
  adagradStalls,
  memoryOfSquares,
  squareAverage,
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
  tracking,
  rlTracking,
  curriculum,
  changePace,
  federatedNoise,
  federatedFairness,
  metaLearning,
];
