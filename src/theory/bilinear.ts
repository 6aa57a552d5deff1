import { argument, type Complex, leading, modulus, multiplyComplex, reciprocal } from "../math/complex.js";
import { exp } from "../math/elementary/exponential.js";
import { log } from "../math/elementary/logarithm.js";
import { add, multiply, type Polynomial, roots, scale } from "../math/polynomial.js";
import { dampingRatio } from "./damping-ratio.js";
import { flowEigenvalues, type SquareMatrix } from "./flow.js";
import { heavyBall, type LinearMethod } from "./linear-method.js";

/** The order in which two players move, as far as there are closed forms. */
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

/** Heavy ball on such a game, the same for both players. */
export interface LinearPlay extends Linearisation {
  readonly order: Order;
  /** learning rate η */
  readonly lr: number;
  /** heavy-ball coefficient β; 0 is gradient descent */
  readonly momentum: number;
}

/** The leading mode of one step. */
export interface LinearDynamics {
  /** ρ: the factor on the amplitude */
  readonly spectralRadius: number;
  /** θ: the angle turned, radians */
  readonly angle: number;
  /** ζ = −ln ρ/√(ln²ρ + θ²) */
  readonly dampingRatio: number;
}

/**
 * A Jacobian of the gradients of two scalars in these terms, after a change of the scalars' units, which
 * eigenvalues do not see: c = √(−g₁₂ g₂₁). Null where g₁₂ g₂₁ > 0: nothing rotates there.
 */
export function linearisation([[g11, g12], [g21, g22]]: SquareMatrix): Linearisation | null {
  const square = -g12 * g21;
  return square >= 0 ? { coupling: Math.sqrt(square), dissipation: [g11, g22] } : null;
}

/** The Jacobian of such a game's gradients. */
export function jacobianOf({ coupling: c, dissipation: [first, second] }: Linearisation): SquareMatrix {
  return [
    [first, c],
    [-c, second],
  ];
}

/**
 * The characteristic polynomial of a step of two linear methods D₁ = N₁/M₁ and D₂ = N₂/M₂ on such a game.
 *
 * With P_i(z) = (z − 1) M_i + γ_i N_i:
 *
 *     simultaneous  P₁ P₂ + c² N₁ N₂ = 0
 *     alternating   P₁ P₂ + c² z N₁ N₂ = 0      (the second moves by the gradient at the first's new point)
 *
 * For γ = 0 this is (z − 1)² + c² z^s D₁ D₂ = 0 with s = 0 or 1.
 *
 * @returns the polynomial in w = z − 1: the slow modes of small steps crowd at z = 1, where only w keeps their digits
 */
export function characteristicPolynomial(
  { coupling: c, dissipation }: Linearisation,
  order: Order,
  methods: readonly [LinearMethod, LinearMethod],
): Polynomial {
  const [first, second] = methods.map(({ numerator, denominator }, i) =>
    add(multiply([0, 1], denominator), scale(numerator, dissipation[i])),
  );
  const rotation = scale(multiply(methods[0].numerator, methods[1].numerator), c * c);
  return add(multiply(first, second), order === "simultaneous" ? rotation : multiply([1, 1], rotation));
}

/** The eigenvalues of one step, from {@link characteristicPolynomial}. */
export function stepEigenvalues(
  game: Linearisation,
  order: Order,
  methods: readonly [LinearMethod, LinearMethod],
): Complex[] {
  return roots(characteristicPolynomial(game, order, methods)).map(({ re, im }) => ({ re: 1 + re, im }));
}

/**
 * The eigenvalues of one extragradient step with gradient descent, 1 − ημ + η²μ² for each eigenvalue −μ of the flow:
 * with γ = 0 that is 1 − a² ± ia, stable for a < 1 and fastest, ρ = √3/2, at a = 1/√2.
 */
export function extragradientEigenvalues(game: Linearisation, lr: number): Complex[] {
  return flowEigenvalues(jacobianOf(game)).map((z) => {
    const [re, im] = [lr * z.re, lr * z.im];
    return { re: 1 + re + re * re - im * im, im: im + 2 * re * im };
  });
}

/**
 * The eigenvalues of the proximal point method, which solves w' = w − ηG w': 1/(1 + ημ) for each eigenvalue −μ of the
 * flow. It converges at every learning rate, and is what optimism and extragradient approximate.
 */
export function proximalPointEigenvalues(game: Linearisation, lr: number): Complex[] {
  return flowEigenvalues(jacobianOf(game)).map((z) => reciprocal({ re: 1 - lr * z.re, im: -lr * z.im }));
}

/**
 * The eigenvalues of k steps of which lookahead keeps a share α, 1 − α + α λᵏ for each eigenvalue λ of a step of a
 * method without memory. Over gradient descent on the pure rotation, (1 ± ia)ᵏ.
 *
 * Source: Chavdarova et al. (2021), "Taming GANs with lookahead-minmax".
 */
export function lookaheadEigenvalues(eigenvalues: readonly Complex[], every: number, share: number): Complex[] {
  return eigenvalues.map((z) => {
    let power: Complex = { re: 1, im: 0 };
    for (let step = 0; step < every; step++) power = multiplyComplex(power, z);
    return { re: 1 - share + share * power.re, im: share * power.im };
  });
}

/** The leading mode of heavy ball in closed form. */
export function linearDynamics({ order, lr, momentum, ...game }: LinearPlay): LinearDynamics {
  const method = heavyBall(lr, momentum);
  return dynamicsOf(stepEigenvalues(game, order, [method, method]));
}

/**
 * The growth, angle and damping ratio of the leading one of a step's eigenvalues.
 *
 * @param steps the number of steps that the eigenvalues are of: what is returned is per step. The angle turned by all of
 *   them is known within (−π, π].
 */
export function dynamicsOf(eigenvalues: readonly Complex[], steps = 1): LinearDynamics {
  const z = leading(eigenvalues);
  const spectralRadius = steps === 1 ? modulus(z) : exp(log(modulus(z)) / steps);
  const angle = argument(z) / steps;
  return { spectralRadius, angle, dampingRatio: dampingRatio(spectralRadius, angle) };
}

/**
 * The damping ratio ζ = γ/√(γ² + c²) of the flow of a game with equal dissipation above which momentum adds damping, to
 * leading order in η.
 *
 * With mean gradient age τ a mode of the flow at −μ gains η²μ²τ a step. Its real part damps iff |Re μ| > |Im μ|.
 */
export const momentumCrossover = Math.SQRT1_2;
