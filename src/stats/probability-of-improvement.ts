/**
 * The probability that a value of x exceeds one of y, ties counting one half: Mann and Whitney's U/(n m). One half when
 * neither tends to be larger.
 *
 * Source: Mann and Whitney (1947); as a measure of improvement: Agarwal et al. (2021).
 */
export function probabilityOfImprovement(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let wins = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = 0; j < y.length; j++) wins += x[i] > y[j] ? 1 : x[i] === y[j] ? 0.5 : 0;
  }
  return wins / (x.length * y.length);
}
