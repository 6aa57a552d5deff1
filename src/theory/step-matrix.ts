import { Matrix } from "ml-matrix";
import type { SquareMatrix } from "./flow.js";
import { isMemoryless, type LinearMethod } from "./linear-method.js";

/** How two players of any number of parameters play a linear game. */
export interface MatrixPlay {
  /** G: the gradients are G w, w all parameters, the first player's first. */
  readonly jacobian: SquareMatrix;
  /** How many of the parameters are the first player's. */
  readonly firstPlayerSize: number;
  readonly order: "simultaneous" | "alternating" | "extragradient";
  /** One per player; without memory in extragradient play. */
  readonly methods: readonly [LinearMethod, LinearMethod];
  /** Moves of the first player for each of the second. */
  readonly firstPlayerSteps: number;
}

/**
 * The matrix of one step on the state w, or (w, s) where a method remembers something: s_i of player i.
 *
 * A method D(z) = d + r/(z − p) moves by −(d g + r s) and then remembers p s + g. Alternating play multiplies the
 * matrices of the players' moves; simultaneous play has both at one point; extragradient play is I − dG + (dG)². This
 * covers what has no characteristic polynomial of small degree: many parameters, several moves of the first player.
 */
export function stepMatrix({ jacobian, firstPlayerSize, order, methods, firstPlayerSteps }: MatrixPlay): Matrix {
  const size = jacobian.length;
  const remembers = !methods.every(isMemoryless);
  const identity = Matrix.eye(remembers ? 2 * size : size);
  const owner = (i: number) => (i < firstPlayerSize ? 0 : 1);
  const moveOf = (...players: number[]): Matrix => {
    const step = identity.clone();
    for (let i = 0; i < size; i++) {
      if (!players.includes(owner(i))) continue;
      const { direct, residue, pole } = partialFraction(methods[owner(i)]);
      for (let j = 0; j < size; j++) {
        step.set(i, j, step.get(i, j) - direct * jacobian[i][j]);
        if (remembers) step.set(size + i, j, jacobian[i][j]);
      }
      if (!remembers) continue;
      step.set(i, size + i, -residue);
      step.set(size + i, size + i, pole);
    }
    return step;
  };
  const ahead = power(moveOf(0), firstPlayerSteps - 1);
  if (order === "alternating") return moveOf(1).mmul(moveOf(0)).mmul(ahead);
  if (order === "simultaneous") return moveOf(0, 1).mmul(ahead);
  const move = Matrix.sub(moveOf(0, 1), identity);
  return Matrix.add(identity, Matrix.add(move, move.mmul(move))).mmul(ahead);
}

/**
 * Lookahead over k steps S of which it keeps a share α: (1 − α) + α Sᵏ for the parameters, while what methods remember
 * goes on, Sᵏ.
 *
 * @param size how many of the state's numbers are parameters; they come first
 */
export function lookaheadMatrix(step: Matrix, size: number, every: number, share: number): Matrix {
  const result = power(step, every);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < step.columns; j++) result.set(i, j, (i === j ? 1 - share : 0) + share * result.get(i, j));
  }
  return result;
}

/** D = d + r/(z − p), from polynomials in z − 1. */
function partialFraction({ numerator, denominator }: LinearMethod) {
  if (denominator.length === 1) return { direct: numerator[0], residue: 0, pole: 0 };
  const [constant] = denominator;
  const direct = numerator[1];
  return { direct, residue: numerator[0] - direct * constant, pole: 1 - constant };
}

function power(matrix: Matrix, exponent: number): Matrix {
  let product = Matrix.eye(matrix.rows);
  for (let step = 0; step < exponent; step++) product = matrix.mmul(product);
  return product;
}
