import { z } from "zod";
import { arnoldi, type RitzValue } from "../dynamics/arnoldi.js";
import type { RandomStream } from "../rng/random-stream.js";
import type { Summary } from "../study/task.js";
import type { Game } from "./game.js";

export const spectrumSchema = z.strictObject({
  vectors: z
    .int()
    .min(2)
    .max(500)
    .default(20)
    .describe("products with the Jacobian; the outermost eigenvalues come first"),
});

const singleRounding = Number.EPSILON * (1 << 28);
const doubleRounding = Number.EPSILON / 2;

/**
 * The outermost eigenvalues of a game's Jacobian at the present parameters w: of ∇v with v(w) = (∇_w₁ L₁, ∇_w₂ L₂), by
 * Arnoldi's iteration over products
 *
 *     ∇v u ≈ (v(w + h u) − v(w − h u))/2h,   |u| = 1,   h = ∛ε max(1, |w|)
 *
 * with ε the rounding of the parameters' precision (2⁻²⁴ or 2⁻⁵³). Gradient descent near an equilibrium moves by −v:
 * Re λ > 0 attracts, Im λ turns, and Re λ/|λ| is the damping ratio. Parameters are put back; a game that remembers its
 * gradients (spectral or batch normalisation) remembers these too.
 *
 * @param rewind called before every v, so that all see the same batch
 * @param stream for the first vector
 */
export function jacobianSpectrum(game: Game, vectors: number, rewind: () => void, stream: RandomStream): RitzValue[] {
  const at = game.players.map(({ parameters }) => parameters.slice());
  const [split, total] = [at[0].length, at[0].length + at[1].length];
  const epsilon = at[0] instanceof Float32Array ? singleRounding : doubleRounding;
  let square = 0;
  for (const vector of at) for (const value of vector) square += value * value;
  const h = Math.cbrt(epsilon) * Math.max(1, Math.sqrt(square));

  const field = (direction: Float64Array, step: number, out: Float64Array) => {
    game.players.forEach(({ parameters }, player) => {
      const offset = player * split;
      for (let i = 0; i < parameters.length; i++) parameters[i] = at[player][i] + step * direction[offset + i];
    });
    rewind();
    game.gradient(0);
    game.gradient(1);
    game.players.forEach(({ gradients }, player) => {
      out.set(gradients, player * split);
    });
  };
  const below = new Float64Array(total);
  const start = new Float64Array(total);
  stream.fillNormal(start);
  const found = arnoldi(
    (direction, out) => {
      field(direction, h, out);
      field(direction, -h, below);
      for (let i = 0; i < total; i++) out[i] = (out[i] - below[i]) / (2 * h);
    },
    start,
    vectors,
  );
  game.players.forEach(({ parameters }, player) => {
    parameters.set(at[player]);
  });
  return found;
}

/** The eigenvalues for a summary: the one of largest modulus, and the lists. */
export function describeSpectrum(eigenvalues: readonly RitzValue[]): Summary {
  const [leading = { re: null, im: null, residual: null }] = eigenvalues;
  return {
    jacobianReal: leading.re,
    jacobianImaginary: leading.im,
    jacobianResidual: leading.residual,
    spectrum: {
      real: eigenvalues.map(({ re }) => re),
      imaginary: eigenvalues.map(({ im }) => im),
      residual: eigenvalues.map(({ residual }) => residual),
    },
  };
}
