import type { Polynomial } from "../math/polynomial.js";

/**
 * An optimizer whose update is a fixed sum of past gradients, Δθ_t = −Σ_k w_k g_{t−k}, by its generating function
 *
 *     D(z) = Σ_k w_k z^−k = numerator/denominator
 *
 * Both are polynomials in w = z − 1, where the slow modes of small steps keep their digits; the denominator's leading
 * coefficient is 1 and its degree at most 1: no method here remembers more than one vector.
 */
export interface LinearMethod {
  readonly numerator: Polynomial;
  readonly denominator: Polynomial;
}

/** D = η. */
export function gradientDescent(lr: number): LinearMethod {
  return { numerator: [lr], denominator: [1] };
}

/**
 * Heavy ball, D = η a z/(z − β). Mean age of its gradients: β/(1 − β).
 *
 * @param gain a, with which a gradient enters the buffer: 1, or 1 − β in the form of an average
 */
export function heavyBall(lr: number, momentum: number, gain = 1): LinearMethod {
  // Without momentum z cancels.
  if (momentum === 0) return gradientDescent(lr * gain);
  return { numerator: [lr * gain, lr * gain], denominator: [1 - momentum, 1] };
}

/**
 * Nesterov's look ahead along the buffer, D = η (e + β a z/(z − β)); with e = a = 1 that is η ((1 + β) z − β)/(z − β),
 * whose gradients have the mean age β²/(1 − β).
 *
 * @param entry e, with which the gradient enters the step beside the buffer
 */
export function nesterov(lr: number, momentum: number, gain = 1, entry = 1): LinearMethod {
  if (momentum === 0) return gradientDescent(lr * entry);
  return {
    numerator: [lr * (entry * (1 - momentum) + momentum * gain), lr * (entry + momentum * gain)],
    denominator: [1 - momentum, 1],
  };
}

/** Optimistic gradient, D = η (1 + κ − κ/z). Mean age of its gradients: −κ. */
export function optimistic(lr: number, optimism = 1): LinearMethod {
  if (optimism === 0) return gradientDescent(lr);
  return { numerator: [lr, lr * (1 + optimism)], denominator: [1, 1] };
}

/** Whether a step depends on the present gradient alone. */
export function isMemoryless({ denominator }: LinearMethod): boolean {
  return denominator.length === 1;
}
