import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { z } from "zod";
import { check } from "../../src/config/check.js";
import type { Game } from "../../src/play/game.js";
import type { Streams } from "../../src/rng/streams.js";
import { defineGame } from "./definition.js";

const matrixSchema = z
  .strictObject({
    name: z.literal("matrix"),
    singularValues: z
      .array(z.number().positive())
      .min(1)
      .optional()
      .describe("C is diagonal with these; default 1, 0.5"),
    dimension: z
      .int()
      .positive()
      .optional()
      .describe("n, in place of singular values: C has independent normal entries of variance 1/n (stream init)"),
    dissipation: z.number().nonnegative().default(0).describe("γ, each player's own restoring force"),
    start: z.number().default(1).describe("of every coordinate of both players"),
  })
  .refine(({ singularValues, dimension }) => singularValues === undefined || dimension === undefined, {
    message: "expected either singularValues or dimension",
  });
/** Options of the game `matrix`, with every default filled in. */
export type MatrixOptions = z.output<typeof matrixSchema>;

export const matrixGame = defineGame({
  description: "f = xᵀ C y + γ/2 (|x|² − |y|²): rotations of several speeds at once",
  schema: matrixSchema,
  players: ["x", "y"],
  create: matrix,
});

/**
 * The bilinear game of vectors:
 *
 *     f(x, y) = xᵀ C y + γ/2 (|x|² − |y|²);   x descends f, y descends −f
 *     ∂x = C y + γ x,   ∂y = −Cᵀ x + γ y
 *
 * With C = Σ s_k u_k v_kᵀ each pair (u_kᵀx, v_kᵀy) moves under gradient descent as a scalar bilinear game of coupling s_k
 * by itself: large singular values bound the learning rate, small ones the time that it takes. Methods that treat
 * coordinates one by one (RMSprop, Adam) keep the pairs apart only where C is diagonal.
 *
 * Observed: the coordinates of x and y along the leading pair, and the distance from the equilibrium 0. Everything is
 * float64.
 *
 * @throws InputError on wrong options
 */
export function matrix(input: z.input<typeof matrixSchema>, streams: Streams): Game {
  const { singularValues = [1, 0.5], dimension, dissipation, start } = check(matrixSchema, input, "matrix");
  const coupling = dimension === undefined ? Matrix.diag(singularValues) : randomMatrix(dimension, streams);
  const n = coupling.rows;
  const { leftSingularVectors, rightSingularVectors, diagonal } = new SingularValueDecomposition(coupling);
  const leadingAt = diagonal.indexOf(Math.max(...diagonal));
  const column = leftSingularVectors.getColumn(leadingAt);
  // A pair of singular vectors has no sign of its own: the largest entry of u is positive.
  const sign = Math.sign(column.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most)));
  const u = Float64Array.from(column, (value) => sign * value);
  const v = Float64Array.from(rightSingularVectors.getColumn(leadingAt), (value) => sign * value);
  const c = Float64Array.from(coupling.to1DArray());
  const x = { name: "x", parameters: new Float64Array(n).fill(start), gradients: new Float64Array(n) };
  const y = { name: "y", parameters: new Float64Array(n).fill(start), gradients: new Float64Array(n) };

  return {
    name: "matrix",
    players: [x, y],
    gradient(player) {
      const [px, py] = [x.parameters, y.parameters];
      let value = 0;
      for (let i = 0; i < n; i++) {
        let row = 0;
        let column = 0;
        for (let j = 0; j < n; j++) {
          row += c[i * n + j] * py[j];
          column += c[j * n + i] * px[j];
        }
        value += px[i] * row + (dissipation / 2) * (px[i] * px[i] - py[i] * py[i]);
        if (player === 0) x.gradients[i] = row + dissipation * px[i];
        else y.gradients[i] = -column + dissipation * py[i];
      }
      return player === 0 ? value : -value;
    },
    observables: ["x", "y", "distance"],
    observe(out) {
      out.fill(0);
      let square = 0;
      for (let i = 0; i < n; i++) {
        out[0] += u[i] * x.parameters[i];
        out[1] += v[i] * y.parameters[i];
        square += x.parameters[i] * x.parameters[i] + y.parameters[i] * y.parameters[i];
      }
      out[2] = Math.sqrt(square);
    },
    jacobian(out) {
      out.fill(0);
      for (let i = 0; i < n; i++) {
        out[i * 2 * n + i] = dissipation;
        out[(n + i) * 2 * n + n + i] = dissipation;
        for (let j = 0; j < n; j++) {
          out[i * 2 * n + n + j] = c[i * n + j];
          out[(n + i) * 2 * n + j] = -c[j * n + i];
        }
      }
    },
    equilibria: [new Array<number>(2 * n).fill(0)],
    linear: true,
    plane: [
      [dissipation, diagonal[leadingAt]],
      [-diagonal[leadingAt], dissipation],
    ],
  };
}

function randomMatrix(n: number, streams: Streams): Matrix {
  const entries = new Float64Array(n * n);
  streams.get("init").fillNormal(entries, 0, 1 / Math.sqrt(n));
  return Matrix.from1DArray(n, n, entries);
}
