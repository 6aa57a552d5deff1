import { Matrix } from "ml-matrix";
import { type Complex, modulus } from "../math/complex.js";
import { eigenvalues } from "../math/eigenvalues.js";

/** A square matrix by its rows. */
export type SquareMatrix = readonly (readonly number[])[];

/**
 * The eigenvalues of the flow dw/dt = −G w of a game near its equilibrium, G the Jacobian of all gradients by all
 * parameters: those of −G. For two scalars in closed form, −(g₁₁ + g₂₂)/2 ± √((g₁₁ − g₂₂)²/4 + g₁₂ g₂₁), which keeps all
 * digits where the two coincide.
 */
export function flowEigenvalues(jacobian: SquareMatrix): Complex[] {
  if (jacobian.length === 2) {
    const [[a, b], [c, d]] = jacobian;
    const centre = -(a + d) / 2;
    const square = ((a - d) * (a - d)) / 4 + b * c;
    const root = Math.sqrt(Math.abs(square));
    return [1, -1].map((sign) => (square >= 0 ? { re: centre + sign * root, im: 0 } : { re: centre, im: sign * root }));
  }
  return eigenvalues(new Matrix(jacobian.map((row) => row.map((value) => -value))));
}

/** The mode that stays longest: the largest real part, and of equal ones the fastest rotation. */
export function slowest(eigenvalues: readonly Complex[]): Complex {
  const scale = Math.max(...eigenvalues.map(modulus));
  const equal = 1e-12 * scale;
  const { re, im } = eigenvalues.reduce((best, z) => {
    if (Math.abs(z.re - best.re) <= equal) return Math.abs(z.im) > Math.abs(best.im) ? z : best;
    return z.re > best.re ? z : best;
  });
  return { re, im: Math.abs(im) };
}

/** The damping ratio −Re μ/|μ| of a mode of a flow: 1 is no oscillation, 0 none of damping; NaN at rest. */
export function flowDampingRatio(eigenvalue: Complex): number {
  return -eigenvalue.re / modulus(eigenvalue);
}

/**
 * The Jacobian of a game under consensus optimisation, where both players also descend γ/2 |g|² of all gradients g:
 * G + γ Gᵀ G at an equilibrium, everywhere if the game is linear. A rotation c then has the dissipation γ c².
 *
 * Source: Mescheder, Nowozin and Geiger (2017), "The numerics of GANs".
 */
export function consensusJacobian(jacobian: SquareMatrix, gamma: number): SquareMatrix {
  return jacobian.map((row, i) =>
    row.map((value, j) => value + gamma * jacobian.reduce((sum, other) => sum + other[i] * other[j], 0)),
  );
}
