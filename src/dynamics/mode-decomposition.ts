import { EigenvalueDecomposition, Matrix, pseudoInverse } from "ml-matrix";

/** An eigenvalue of the fitted step. */
export interface Eigenvalue {
  readonly re: number;
  readonly im: number;
}

/**
 * Dynamic mode decomposition with delay embedding: the eigenvalues of the matrix A that best maps
 * z_t = (s_t, s_{t−1}, …, s_{t−delays+1}) to z_{t+1} in the least-squares sense, every pair of rows divided by |z_t| so
 * that early and late steps of a growing or decaying path count alike.
 *
 * Exact (to rounding) for a linear step whose state the embedding spans: `delays` 1 for gradient descent, 2 for heavy
 * ball. Directions that the path does not visit are dropped: singular values below
 * 1e-15 × rows of the largest, which is rounding.
 *
 * Source: Tu et al. (2014), delay embedding after Arbabi and Mezić (2017).
 *
 * @param signals one array per coordinate, all of the same length
 */
export function modeDecomposition(signals: readonly ArrayLike<number>[], delays: number): Eigenvalue[] {
  const width = signals.length * delays;
  const pairs = signals[0].length - delays;
  if (pairs < width) return [];
  const present = Matrix.zeros(pairs, width);
  const next = Matrix.zeros(pairs, width);
  for (let t = 0; t < pairs; t++) {
    let square = 0;
    for (let k = 0; k < width; k++) {
      const signal = signals[k % signals.length];
      const delay = Math.floor(k / signals.length);
      const value = signal[t + delays - 1 - delay];
      square += value * value;
      present.set(t, k, value);
      next.set(t, k, signal[t + delays - delay]);
    }
    const norm = Math.sqrt(square);
    if (norm === 0 || !Number.isFinite(norm)) return [];
    for (let k = 0; k < width; k++) {
      present.set(t, k, present.get(t, k) / norm);
      next.set(t, k, next.get(t, k) / norm);
    }
  }
  const step = pseudoInverse(present, 1e-15).mmul(next);
  const { realEigenvalues: re, imaginaryEigenvalues: im } = new EigenvalueDecomposition(step);
  return re.map((real, i) => ({ re: real, im: im[i] }));
}
