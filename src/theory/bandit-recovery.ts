import { log } from "../math/elementary/logarithm.js";

/** A continuous bandit whose reward is rescaled and whose target then moves, under RMSprop on the policy's mean. */
export interface BanditRecovery {
  readonly rho: number;
  readonly lr: number;
  /** B, actions per gradient */
  readonly batch: number;
  /** c, the reward's scale after the change; 1 before */
  readonly scale: number;
  /** steps from the change of scale until the target moves */
  readonly delay: number;
  /** how far the target moves, and how near counts as recovered; in units of the policy's deviation σ = 1 */
  readonly move: number;
  readonly within: number;
  /** whether v is forgotten when the target moves, and corrected for its start from 0 */
  readonly reset: boolean;
}

const most = 1_000_000;

/** E ĝ² of a REINFORCE gradient with exact baseline at distance d from the target: c² (4 d² (1 + 2/B) + 10/B). */
export function squaredGradient(scale: number, distance: number, batch: number): number {
  return scale * scale * (4 * distance * distance * (1 + 2 / batch) + 10 / batch);
}

/**
 * Updates until the distance d from a target that has moved falls below `within`, in the mean field with v's
 * fluctuations to second order. With m = E ĝ = 2 c d, s² = Var ĝ = c² (8 d² + 10)/B and ĝ taken as normal:
 *
 *     V ← ρ V + (1 − ρ) (m² + s²)                          E v
 *     Q ← ρ² Q + (1 − ρ)² (2 s⁴ + 4 m² s²)                 Var v
 *     d ← d − η (m/√V (1 + ⅜ Q/V²) − (1 − ρ) m s²/V^(3/2))   E ĝ/√v: v is random, and holds the ĝ of its own step
 *
 * Before the change V and Q are stationary at scale 1; during the delay d is 0. After a reset V/(1 − ρᵗ) stands for V.
 *
 * @returns Infinity where a million updates do not suffice
 */
export function updatesToRecover(options: BanditRecovery): number {
  const { rho, lr, batch, scale, delay, move, within, reset } = options;
  const fresh = 1 - rho;
  const still = squaredGradient(1, 0, batch);
  let v = reset ? 0 : still;
  let variance = reset ? 0 : (fresh / (1 + rho)) * 2 * still * still;
  const advance = (mean: number, noise: number) => {
    v = rho * v + fresh * (mean * mean + noise);
    variance = rho * rho * variance + fresh * fresh * (2 * noise * noise + 4 * mean * mean * noise);
  };
  for (let t = 0; t < delay && !reset; t++) advance(0, squaredGradient(scale, 0, batch));
  let distance = move;
  let kept = 1;
  for (let t = 1; t <= most; t++) {
    kept *= rho;
    const mean = 2 * scale * distance;
    const noise = squaredGradient(scale, distance, batch) - mean * mean;
    advance(mean, noise);
    const correction = reset ? 1 / (1 - kept) : 1;
    const root = Math.sqrt(v * correction);
    const spread = (0.375 * variance) / (v * v);
    distance -= lr * ((mean / root) * (1 + spread) - (fresh * correction * mean * noise) / (root * root * root));
    if (distance < within) return t;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * Updates lost to a long memory after the gradient's scale fell by κ < 1:
 *
 *     D = ∫ (1 − u(s)) ds = 2 M ln((1 + 1/κ)/2),   u(s) = κ/√(e^(−s/M) + (1 − e^(−s/M)) κ²),   M = 1/(1 − ρ)
 *
 * u is RMSprop's normalised step s updates after the fall. Negative, a gain, where κ > 1.
 */
export function updatesLost(rho: number, kappa: number): number {
  return (2 / (1 - rho)) * log((1 + 1 / kappa) / 2);
}
