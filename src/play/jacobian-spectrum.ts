import { z } from "zod";
import { arnoldi, type RitzValue } from "../dynamics/arnoldi.js";
import { cbrt } from "../math/elementary/roots.js";
import type { RandomStream } from "../rng/random-stream.js";
import type { Summary } from "../study/task.js";
import { field, type Game, parametersOf, setParameters } from "./game.js";

export const spectrumSchema = z.strictObject({
  vectors: z
    .int()
    .min(2)
    .max(500)
    .default(20)
    .describe("products with the Jacobian; the outermost eigenvalues come first"),
  at: z.array(z.int().positive()).min(1).optional().describe("also after these steps, as the table `spectra`"),
});

const singleRounding = Number.EPSILON * (1 << 28);
const doubleRounding = Number.EPSILON / 2;

/**
 * The outermost eigenvalues of a game's Jacobian at the present parameters w: of ∇v with v(w) = (∇_w₁ L₁, ∇_w₂ L₂, …), by
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
  const at = parametersOf(game);
  const size = at.length;
  const epsilon = game.players[0].parameters instanceof Float32Array ? singleRounding : doubleRounding;
  let square = 0;
  for (const value of at) square += value * value;
  const h = cbrt(epsilon) * Math.max(1, Math.sqrt(square));

  const moved = new Float64Array(size);
  const fieldAlong = (direction: Float64Array, step: number, out: Float64Array) => {
    for (let i = 0; i < size; i++) moved[i] = at[i] + step * direction[i];
    setParameters(game, moved);
    rewind();
    field(game, out);
  };
  const below = new Float64Array(size);
  const start = new Float64Array(size);
  stream.fillNormal(start);
  const found = arnoldi(
    (direction, out) => {
      fieldAlong(direction, h, out);
      fieldAlong(direction, -h, below);
      for (let i = 0; i < size; i++) out[i] = (out[i] - below[i]) / (2 * h);
    },
    start,
    vectors,
  );
  setParameters(game, at);
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
