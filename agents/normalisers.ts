import type { VectorEnv } from "../envs/vector.js";
import { RunningMoments } from "../envs/wrappers/running-moments.js";

export const epsilon = 1e-8;
/** Normalised numbers are held within ± this. */
export const bound = 10;

/**
 * Observations with the mean and the deviation of all that were seen taken out:
 *
 *     o ← clip((o − mean)/√(variance + 10⁻⁸), ±10)
 *
 * On a drifting environment the moments lag behind it.
 *
 * Source: `gymnasium.wrappers.NormalizeObservation`, the clipping as CleanRL has it.
 */
export class ObservationNormaliser {
  readonly moments: RunningMoments;
  readonly #size: number;

  /** @param size numbers of an observation */
  constructor(size: number) {
    this.#size = size;
    this.moments = new RunningMoments(size);
  }

  /** Takes rows of observations into the moments. */
  add(observations: Float32Array): void {
    for (let from = 0; from < observations.length; from += this.#size) this.moments.add(observations, from);
  }

  /** Normalises rows of observations by the moments as they are; both may be one vector. */
  apply(observations: Float32Array, normalised: Float32Array): void {
    const { mean, variance } = this.moments;
    for (let i = 0; i < observations.length; i++) {
      const k = i % this.#size;
      normalised[i] = clip((observations[i] - mean[k]) / Math.sqrt(variance[k] + epsilon));
    }
  }
}

/**
 * Rewards by the deviation of the discounted return so far: the scale goes, the mean stays.
 *
 *     Gᵢ ← γ Gᵢ + rᵢ (0 behind an episode's end),     rᵢ ← clip(rᵢ/√(Var(G) + 10⁻⁸), ±10)
 *
 * Source: `VecNormalize` of OpenAI's baselines. Gymnasium's `NormalizeReward` lets G run on into the next episode.
 */
export class RewardNormaliser {
  readonly moments = new RunningMoments(1);
  /** Gᵢ of each copy. */
  readonly discounted: Float64Array;
  readonly #gamma: number;

  constructor(copies: number, gamma: number) {
    this.discounted = new Float64Array(copies);
    this.#gamma = gamma;
  }

  /** Takes the rewards of a step [copies] in and normalises them. */
  apply(rewards: Float64Array, terminated: Uint8Array, truncated: Uint8Array): void {
    for (let i = 0; i < this.discounted.length; i++) {
      this.discounted[i] = this.#gamma * this.discounted[i] + rewards[i];
      this.moments.add(this.discounted, i);
    }
    const deviation = Math.sqrt(this.moments.variance[0] + epsilon);
    for (let i = 0; i < this.discounted.length; i++) {
      rewards[i] = clip(rewards[i] / deviation);
      if (terminated[i] | truncated[i]) this.discounted[i] = 0;
    }
  }
}

function clip(value: number): number {
  return Math.min(Math.max(value, -bound), bound);
}

/** What an agent sees in place of observations and rewards, where it is to be. */
export interface Normalisers {
  readonly observations?: ObservationNormaliser;
  readonly rewards?: RewardNormaliser;
}

/** The normalisers that options ask for. */
export function createNormalisers(
  { spec, copies }: Pick<VectorEnv, "spec" | "copies">,
  options: { readonly normaliseObservations: boolean; readonly normaliseRewards: boolean; readonly gamma: number },
): Normalisers {
  return {
    ...(options.normaliseObservations && { observations: new ObservationNormaliser(spec.observationSpace.size) }),
    ...(options.normaliseRewards && { rewards: new RewardNormaliser(copies, options.gamma) }),
  };
}

/** All that normalisers remember, live. */
export function normalisersState({ observations, rewards }: Normalisers) {
  return {
    ...(observations && { observationMoments: observations.moments.state }),
    ...(rewards && { rewardMoments: rewards.moments.state, discountedReturns: rewards.discounted }),
  };
}
