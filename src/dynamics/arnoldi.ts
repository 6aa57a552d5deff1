import { Matrix } from "ml-matrix";
import { type Complex, modulus } from "../math/complex.js";
import { eigensystem } from "../math/eigenvalues.js";
import { norm } from "../math/elementary/roots.js";

/** An approximate eigenvalue of a large matrix A, with |A y − λ y| of its unit vector y. */
export interface RitzValue extends Complex {
  readonly residual: number;
}

/** A direction that is this much shorter after orthogonalisation than before it was none of its own. */
const breakdown = 1e-10;

/**
 * Arnoldi's iteration: a matrix A that is known only by its products with vectors, seen in the space of v, Av, A²v, ….
 * Its basis Q is orthonormal, Qᵀ A Q = H is small, and the eigenvalues of H approach those of A, the outermost first;
 * with as many vectors as A has rows they are all of them.
 *
 * Orthogonalised twice by the modified Gram-Schmidt process, in a fixed order; stops early where the space is closed.
 *
 * Source: Saad (2011), "Numerical methods for large eigenvalue problems", chapter 6.
 *
 * @param product writes A v into `out`
 * @param start any vector that is not zero and has a part of the eigenvectors looked for; a random one
 * @param vectors the size of H at most
 * @returns by modulus, the largest first; a conjugate pair with im > 0 first; none where a product is not finite
 */
export function arnoldi(
  product: (v: Float64Array, out: Float64Array) => void,
  start: Float64Array,
  vectors: number,
): RitzValue[] {
  const size = start.length;
  const limit = Math.min(vectors, size);
  const basis = [scaled(start, 1 / length(start))];
  const projected = Matrix.zeros(limit, limit);
  for (let k = 0; ; k++) {
    const next = new Float64Array(size);
    product(basis[k], next);
    const before = length(next);
    if (!Number.isFinite(before)) return [];
    for (let pass = 0; pass < 2; pass++) {
      basis.forEach((q, i) => {
        let along = 0;
        for (let j = 0; j < size; j++) along += q[j] * next[j];
        for (let j = 0; j < size; j++) next[j] -= along * q[j];
        projected.set(i, k, projected.get(i, k) + along);
      });
    }
    const left = length(next);
    const closed = left <= breakdown * before;
    if (closed || k + 1 === limit) return ritzValues(projected.subMatrix(0, k, 0, k), closed ? 0 : left);
    projected.set(k + 1, k, left);
    basis.push(scaled(next, 1 / left));
  }
}

/** The residual of H y = λ y, |y| = 1, in the large space is what leads out of the small one times y's last entry. */
function ritzValues(projected: Matrix, out: number): RitzValue[] {
  const { values, vectors: y } = eigensystem(projected);
  const last = projected.rows - 1;
  const found = values.map(({ re, im }, i) => {
    // A conjugate pair's columns are the real and the imaginary part of the vector of the first.
    const columns = im === 0 ? [i] : im > 0 ? [i, i + 1] : [i - 1, i];
    const entry = norm(columns.map((column) => y.get(last, column)));
    const size = norm(columns.map((column) => y.getColumnVector(column).norm()));
    return { re, im, residual: (out * entry) / size };
  });
  return found.sort((a, b) => modulus(b) - modulus(a) || b.im - a.im);
}

function length(vector: Float64Array): number {
  let square = 0;
  for (let i = 0; i < vector.length; i++) square += vector[i] * vector[i];
  return Math.sqrt(square);
}

function scaled(vector: Float64Array, factor: number): Float64Array {
  return vector.map((value) => factor * value);
}
