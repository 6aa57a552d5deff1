import { argument, type Complex, leading, modulus } from "./complex.js";
import { dampingRatio } from "./damping-ratio.js";
import { add, multiply, type Polynomial, roots, scale } from "./polynomial.js";

export type Order = "simultaneous" | "alternating";

/**
 * A game of two scalars near its equilibrium: the players' gradients are c y + γ₁ x and −c x + γ₂ y, where the first
 * moves first. Its flow has the eigenvalues −(γ₁ + γ₂)/2 ± √((γ₁ − γ₂)²/4 − c²).
 */
export interface Linearisation {
  /** c */
  readonly coupling: number;
  /** γ of the first and of the second player */
  readonly dissipation: readonly [number, number];
}

/** A linear method on such a game. */
export interface LinearPlay extends Linearisation {
  readonly order: Order;
  /** learning rate η */
  readonly lr: number;
  /** heavy-ball coefficient β; 0 is gradient descent */
  readonly momentum: number;
}

/** What one step does to the leading mode. */
export interface LinearDynamics {
  /** ρ: the factor on the amplitude */
  readonly spectralRadius: number;
  /** θ: the angle turned, radians */
  readonly angle: number;
  /** ζ = −ln ρ/√(ln²ρ + θ²) */
  readonly dampingRatio: number;
}

/**
 * The characteristic polynomial of heavy ball on a linear game.
 *
 * With P_γ(z) = (z − 1)(z − β) + ηγ z:
 *
 *     simultaneous  P_γ₁(z) P_γ₂(z) + (ηc)² z² = 0
 *     alternating   P_γ₁(z) P_γ₂(z) + (ηc)² z³ = 0      (the second moves by the gradient at the first's new point)
 *
 * For γ = 0 this is (z − 1)² + a² z^s D(z)² = 0 with a = ηc, D(z) = z/(z − β) and s = 0 or 1.
 *
 * @returns the polynomial in w = z − 1: the slow modes of small steps crowd at z = 1, where only w keeps their digits
 */
export function characteristicPolynomial({ order, lr, momentum, coupling, dissipation }: LinearPlay): Polynomial {
  const a = lr * coupling;
  const z: Polynomial = [1, 1];
  // Without momentum z² divides the general form; what is left has degree 2.
  const p = (gamma: number): Polynomial =>
    momentum === 0 ? [lr * gamma, 1] : [lr * gamma, 1 - momentum + lr * gamma, 1];
  const powers: Polynomial = momentum === 0 ? [1] : multiply(z, z);
  const rotation = scale(order === "simultaneous" ? powers : multiply(powers, z), a * a);
  return add(multiply(p(dissipation[0]), p(dissipation[1])), rotation);
}

/** The eigenvalues of one step, from {@link characteristicPolynomial}. */
export function stepEigenvalues(play: LinearPlay): Complex[] {
  return roots(characteristicPolynomial(play)).map(({ re, im }) => ({ re: 1 + re, im }));
}

/**
 * The eigenvalues of one extragradient step with gradient descent, 1 − ημ + η²μ² for each eigenvalue −μ of the flow:
 * with γ = 0 that is 1 − a² ± ia, stable for a < 1 and fastest at a = 1/√2.
 */
export function extragradientEigenvalues({ coupling, dissipation: [g1, g2] }: Linearisation, lr: number): Complex[] {
  const centre = (g1 + g2) / 2;
  const square = ((g1 - g2) * (g1 - g2)) / 4 - coupling * coupling;
  const root = Math.sqrt(Math.abs(square));
  return [1, -1].map((sign) => {
    const re = lr * (square >= 0 ? centre + sign * root : centre);
    const im = lr * (square >= 0 ? 0 : sign * root);
    return { re: 1 - re + re * re - im * im, im: -im + 2 * re * im };
  });
}

/** The leading mode in closed form. */
export function linearDynamics(play: LinearPlay): LinearDynamics {
  return dynamicsOf(stepEigenvalues(play));
}

/** What the leading one of a step's eigenvalues does. */
export function dynamicsOf(eigenvalues: readonly Complex[]): LinearDynamics {
  const z = leading(eigenvalues);
  const spectralRadius = modulus(z);
  const angle = argument(z);
  return { spectralRadius, angle, dampingRatio: dampingRatio(spectralRadius, angle) };
}

/**
 * The damping ratio ζ = γ/√(γ² + c²) of the flow of a game with equal dissipation above which momentum adds damping, to
 * leading order in η.
 *
 * With mean gradient age τ a mode of the flow at −μ gains η²μ²τ a step. Its real part damps iff |Re μ| > |Im μ|.
 */
export const momentumCrossover = Math.SQRT1_2;
