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
 * Updates until the distance d from a target that has moved falls below `within`, in the mean field:
 *
 *     v ← ρ v + (1 − ρ) E ĝ²(d),   d ← d − η 2 c d/√v̂,   v₀ = E ĝ²(0) at scale 1
 *
 * with v̂ = v, or after a reset v/(1 − ρᵗ). During the delay d is 0. It replaces 1/√v by 1/√E v: right to a few per cent
 * where a memory or a batch is large.
 *
 * @returns Infinity where a million updates do not suffice
 */
export function updatesToRecover(options: BanditRecovery): number {
  const { rho, lr, batch, scale, delay, move, within, reset } = options;
  let v = reset ? 0 : squaredGradient(1, 0, batch);
  for (let t = 0; t < delay && !reset; t++) v = rho * v + (1 - rho) * squaredGradient(scale, 0, batch);
  let distance = move;
  let kept = 1;
  for (let t = 1; t <= most; t++) {
    v = rho * v + (1 - rho) * squaredGradient(scale, distance, batch);
    kept *= rho;
    distance -= (lr * 2 * scale * distance) / Math.sqrt(reset ? v / (1 - kept) : v);
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
  return (2 / (1 - rho)) * Math.log((1 + 1 / kappa) / 2);
}
