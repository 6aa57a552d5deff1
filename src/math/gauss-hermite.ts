import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Nodes and weights of a rule E f(Z) ≈ Σ wᵢ f(zᵢ), Z standard normal. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The Gauss-Hermite rule of n nodes for the standard normal: exact for polynomials of degree 2n − 1.
 *
 * The nodes are the eigenvalues of the symmetric tridiagonal matrix with √1, √2, … beside a zero diagonal, the weights the
 * squares of the eigenvectors' first entries. Both are made symmetric about 0, so that odd moments vanish exactly.
 *
 * Source: Golub and Welsch (1969).
 */
export function gaussHermite(n: number): Quadrature {
  const jacobi = Matrix.zeros(n, n);
  for (let k = 1; k < n; k++) {
    jacobi.set(k - 1, k, Math.sqrt(k));
    jacobi.set(k, k - 1, Math.sqrt(k));
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(jacobi, { assumeSymmetric: true });
  const order = Array.from(realEigenvalues.keys()).sort((a, b) => realEigenvalues[a] - realEigenvalues[b]);
  const nodes = Float64Array.from(order, (k) => realEigenvalues[k]);
  const weights = Float64Array.from(order, (k) => eigenvectorMatrix.get(0, k) * eigenvectorMatrix.get(0, k));
  for (let low = 0, high = n - 1; low <= high; low++, high--) {
    const node = (nodes[high] - nodes[low]) / 2;
    const weight = (weights[high] + weights[low]) / 2;
    nodes[low] = -node;
    nodes[high] = node;
    weights[low] = weight;
    weights[high] = weight;
  }
  return { nodes, weights };
}
