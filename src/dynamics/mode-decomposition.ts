import { Matrix, pseudoInverse, QrDecomposition } from "ml-matrix";
import type { Complex } from "../math/complex.js";
import { eigenvalues } from "../math/eigenvalues.js";

/** Below this ratio of R's diagonal a direction of the embedding is rounding, not motion. */
const rankTolerance = 1e-12;

/**
 * Dynamic mode decomposition with delay embedding: the eigenvalues of the matrix A that best maps
 * z_t = (s_t, s_{t−1}, …, s_{t−delays+1}) to z_{t+1} in the least-squares sense, every pair of rows divided by |z_t| so
 * that early and late steps of a growing or decaying path count alike.
 *
 * Exact (to rounding) for a linear step whose state the embedding spans: `delays` 1 for gradient descent, 2 for heavy
 * ball. Where the path does not visit all directions, because fast modes die away at once, its first quarter is left out
 * and one delay fewer taken. Solved by QR, which the pseudo-inverse's accuracy does not match here.
 *
 * Source: Tu et al. (2014), delay embedding after Arbabi and Mezić (2017).
 *
 * @param signals one array per coordinate, all of the same length
 * @returns no eigenvalues where there are fewer pairs than unknowns, or a row is zero or not finite
 */
export function modeDecomposition(signals: readonly ArrayLike<number>[], delays: number): Complex[] {
  const pairs = embed(signals, delays);
  if (pairs === null) return [];
  const qr = new QrDecomposition(pairs.present);
  const diagonal = qr.upperTriangularMatrix.diagonal().map(Math.abs);
  if (Math.min(...diagonal) >= rankTolerance * Math.max(...diagonal)) return eigenvalues(qr.solve(pairs.next));
  if (delays > 1) return modeDecomposition(signals.map(withoutFirstQuarter), delays - 1);
  return eigenvalues(pseudoInverse(pairs.present, rankTolerance).mmul(pairs.next));
}

const withoutFirstQuarter = (signal: ArrayLike<number>) => Float64Array.from(signal).subarray(signal.length >> 2);

/** The rows z_t and z_{t+1}, both divided by |z_t|. */
function embed(signals: readonly ArrayLike<number>[], delays: number): { present: Matrix; next: Matrix } | null {
  const width = signals.length * delays;
  const count = signals[0].length - delays;
  if (count < width) return null;
  const present = Matrix.zeros(count, width);
  const next = Matrix.zeros(count, width);
  for (let t = 0; t < count; t++) {
    const at = (k: number, ahead: number) =>
      signals[k % signals.length][t + ahead + delays - 1 - Math.floor(k / signals.length)];
    let square = 0;
    for (let k = 0; k < width; k++) square += at(k, 0) * at(k, 0);
    const norm = Math.sqrt(square);
    if (norm === 0 || !Number.isFinite(norm)) return null;
    for (let k = 0; k < width; k++) {
      present.set(t, k, at(k, 0) / norm);
      next.set(t, k, at(k, 1) / norm);
    }
  }
  return { present, next };
}
