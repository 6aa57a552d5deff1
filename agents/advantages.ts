/** One rollout of N copies over T steps as flat arrays [T, N]: entry t·N + i is copy i's step t. */
export interface Trajectories {
  readonly copies: number;
  readonly rewards: Float64Array;
  /** V(sₜ). */
  readonly values: Float64Array;
  /** V(sₜ₊₁) within the same episode: at a truncation that of the episode's last observation; any at a termination. */
  readonly nextValues: Float64Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
}

/**
 * Generalised advantage estimation.
 *
 *     δₜ = rₜ + γ V(sₜ₊₁) − V(sₜ)        (V(sₜ₊₁) = 0 where the episode terminated)
 *     Aₜ = δₜ + γ λ Aₜ₊₁                 (Aₜ₊₁ = 0 where the episode ended, in either way)
 *
 * A truncation is not a termination: the future after it counts by its estimated value, but the advantages of the next
 * episode do not leak back.
 *
 * Source: Schulman et al. (2016), equation 16; truncation: Pardo et al. (2018).
 *
 * @param advantages [T, N], overwritten
 */
export function generalisedAdvantages(
  { copies, rewards, values, nextValues, terminated, truncated }: Trajectories,
  gamma: number,
  lambda: number,
  advantages: Float64Array,
): void {
  for (let k = rewards.length - 1; k >= 0; k--) {
    const delta = rewards[k] + (terminated[k] ? 0 : gamma * nextValues[k]) - values[k];
    const last = k + copies >= rewards.length;
    const ended = terminated[k] | truncated[k];
    advantages[k] = last || ended ? delta : delta + gamma * lambda * advantages[k + copies];
  }
}

/** To mean 0 and deviation 1, in place; the deviation is that of these numbers, not an estimate of a population's. */
export function normalise(numbers: Float64Array): void {
  let sum = 0;
  for (let k = 0; k < numbers.length; k++) sum += numbers[k];
  const mean = sum / numbers.length;
  let squares = 0;
  for (let k = 0; k < numbers.length; k++) squares += (numbers[k] - mean) * (numbers[k] - mean);
  const deviation = Math.sqrt(squares / numbers.length) + 1e-8;
  for (let k = 0; k < numbers.length; k++) numbers[k] = (numbers[k] - mean) / deviation;
}
