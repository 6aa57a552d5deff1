import { incompleteBeta } from "../math/incomplete-beta.js";

/** The counts of a sign test, and how likely ones as uneven are by chance. */
export interface SignTest {
  /** Differences above zero. */
  readonly positive: number;
  /** Differences below zero. */
  readonly negative: number;
  /** Two-sided and exact; 1 where every difference is zero. */
  readonly p: number;
}

/**
 * The sign test that differences lie above zero as often as below: p = min(1, 2 P(X ≥ max(positive, negative))), X binomial
 * with probability one half. Zeros are left out. Assumes nothing of the differences' distribution, and needs six that
 * agree for p < 0.05.
 *
 * Source: Arbuthnott (1710); Conover (1999), section 3.4.
 */
export function signTest(differences: ArrayLike<number>): SignTest {
  let [positive, negative] = [0, 0];
  for (let i = 0; i < differences.length; i++) {
    if (differences[i] > 0) positive++;
    else if (differences[i] < 0) negative++;
  }
  const [more, fewer] = [Math.max(positive, negative), Math.min(positive, negative)];
  // P(X ≥ k) = I_½(k, n − k + 1)
  const p = more === fewer ? 1 : Math.min(1, 2 * incompleteBeta(0.5, more, fewer + 1));
  return { positive, negative, p };
}
