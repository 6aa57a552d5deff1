import type { Order } from "./bilinear.js";

/** Adam without bias correction, or RMSprop (β₁ = 0, β₂ = ρ), on f = c x y. */
export interface AdaptivePlay {
  readonly order: Order;
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
}

/** One of two players whose second moments decay alike. */
export interface AdaptivePlayer {
  readonly lr: number;
  readonly beta1: number;
  /** κ of optimistic Adam; 0 is Adam */
  readonly optimism: number;
}

/** The attracting cycle of an adaptive method on the bilinear game. */
export interface LimitCycle {
  /** A* = 4η√((s + τ)/(1 − β₂)); 0 where (s + τ) ≤ 0: no cycle at this order, the chatter floor remains. */
  readonly radius: number;
  /** θ* = √((1 − β₂)/(8(s + τ))), radians a step; null without a cycle */
  readonly angle: number | null;
  /** 8(1 − β₂)(s + τ): the laws hold to leading order in this number, below about .08 to half a percent. */
  readonly smallness: number;
}

/** The mean age τ = β₁/(1 − β₁) of the gradients in an exponential average. */
export function meanAge(beta1: number): number {
  return beta1 / (1 - beta1);
}

/**
 * The limit cycle to leading order in 1 − β₂.
 *
 * A memory 1/(1 − β₂) far longer than the period sees v̄ = c²A²/2, so that a step turns by h = √2 η/A; the order and the
 * age of the gradient make the radius grow by h²(s + τ) a step (s = ½ simultaneous, 0 alternating), and the lag of v
 * makes it shrink. They balance at the radius A*, which attracts from inside and outside.
 */
export function limitCycle({ order, lr, beta1, beta2 }: AdaptivePlay): LimitCycle {
  const player = { lr, beta1, optimism: 0 };
  return limitCycleOfTwo(order, [player, player], beta2);
}

/**
 * The limit cycle of two players with a learning rate and a β₁ each: an ellipse whose half axes are 4ηᵢ√((s + τ)/(1 − β₂))
 * with the mean age τ of both players' gradients. Optimism κ makes a gradient younger by κ.
 *
 * @returns the radius as the root mean square of the half axes, which is that of the distances on the ellipse
 */
export function limitCycleOfTwo(
  order: Order,
  players: readonly [AdaptivePlayer, AdaptivePlayer],
  beta2: number,
): LimitCycle {
  const [first, second] = players.map(({ beta1, optimism }) => meanAge(beta1) - optimism);
  const drive = (order === "simultaneous" ? 0.5 : 0) + (first + second) / 2;
  const kappa = 1 - beta2;
  const smallness = 8 * kappa * drive;
  if (drive <= 0) return { radius: 0, angle: null, smallness };
  const [x, y] = players.map(({ lr }) => lr);
  const lr = x === y ? x : Math.sqrt((x * x + y * y) / 2);
  return { radius: 4 * lr * Math.sqrt(drive / kappa), angle: Math.sqrt(kappa / (8 * drive)), smallness };
}

/**
 * The amplitude of period-2 chatter of Adam's normalised step around a minimum: x = ±A with the averaged sign
 * (1 − β₁)/(1 + β₁), hence 2A = η(1 − β₁)/(1 + β₁). To leading order in 1 − β₂.
 */
export function chatterAmplitude(lr: number, beta1: number): number {
  return (lr / 2) * ((1 - beta1) / (1 + beta1));
}
