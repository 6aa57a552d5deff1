import { EigenvalueDecomposition, type Matrix } from "ml-matrix";
import type { Complex } from "./complex.js";

/** The eigenvalues of a real square matrix and its eigenvectors. */
export interface Eigensystem {
  readonly values: readonly Complex[];
  /**
   * The vector of each value, not normalised, in the column of the same number. Of a conjugate pair, whose value with
   * im > 0 comes first, the columns are the real and the imaginary part of the first one's vector.
   */
  readonly vectors: Matrix;
}

/**
 * All eigenvalues of a real square matrix with their multiplicity, in no order but that conjugates are neighbours.
 *
 * By the QR algorithm on the Hessenberg form, without balancing; a symmetric matrix is treated as one.
 *
 * Source: EISPACK's hqr2 and tql2 as in JAMA, by ml-matrix.
 */
export function eigenvalues(matrix: Matrix): Complex[] {
  return complexValues(new EigenvalueDecomposition(matrix));
}

/** {@link eigenvalues} with their vectors. */
export function eigensystem(matrix: Matrix): Eigensystem {
  const decomposition = new EigenvalueDecomposition(matrix);
  return { values: complexValues(decomposition), vectors: decomposition.eigenvectorMatrix };
}

function complexValues({ realEigenvalues: re, imaginaryEigenvalues: im }: EigenvalueDecomposition): Complex[] {
  return re.map((real, i) => ({ re: real, im: im[i] }));
}
