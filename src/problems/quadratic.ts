import { z } from "zod";
import type { Game } from "../play/game.js";
import type { Streams } from "../rng/streams.js";
import { defineProblem } from "./definition.js";

const quadraticSchema = z
  .strictObject({
    name: z.literal("quadratic"),
    eigenvalues: z.array(z.number()).min(1).default([1, 100]).describe("λ, the curvature along each eigenvector"),
    basis: z
      .enum(["axes", "mixed"])
      .default("axes")
      .describe("eigenvectors along the axes, or reflected so that the first lies along (1, …, 1)"),
    start: z.array(z.number()).optional().describe("along the eigenvectors; default: 1 along each"),
    scale: z.number().positive().default(1).describe("c, a factor on the loss"),
    noise: z.number().nonnegative().default(0).describe("σ, standard deviation of what is added to each gradient"),
  })
  .refine(({ eigenvalues, start }) => start === undefined || start.length === eigenvalues.length, {
    message: "expected as many numbers as there are eigenvalues",
    path: ["start"],
  });
export type QuadraticOptions = z.output<typeof quadraticSchema>;

/**
 * The Householder reflection x − 2 w (w·x) that exchanges e₁ and (1, …, 1)/√n, in place; in the plane its eigenvectors
 * stand at 45° to the axes. It is its own inverse.
 */
export function reflect(x: Float64Array): void {
  const n = x.length;
  if (n === 1) return;
  // w = (e₁ − u)/‖e₁ − u‖ with u = (1, …, 1)/√n and ‖e₁ − u‖² = 2 − 2/√n.
  const u = 1 / Math.sqrt(n);
  let dot = x[0];
  for (let i = 0; i < n; i++) dot -= u * x[i];
  const factor = dot / (1 - u);
  x[0] -= factor;
  for (let i = 0; i < n; i++) x[i] += factor * u;
}

/**
 * A quadratic of given curvatures, with eigenvectors along the axes or mixed:
 *
 *     L = c/2 Σ λ_i q_i²,   q = θ or its reflection ({@link reflect}),   g = ∇L + σ n,   n ~ N(0, 1) from stream `noise`
 *
 * Observed: `loss`, without noise, `distance`, the largest |q_i|, and `q0`, `q1` … along the eigenvectors.
 */
export function quadratic(options: QuadraticOptions, streams: Streams): Game {
  const { eigenvalues, basis, scale, noise: sigma } = options;
  const noise = streams.get("noise");
  const start = Float64Array.from(options.start ?? eigenvalues.map(() => 1));
  if (basis === "mixed") reflect(start);
  const player = { name: "theta", parameters: start, gradients: new Float64Array(start.length) };
  const { parameters, gradients } = player;
  const along = new Float64Array(start.length);
  /** Writes q at the present parameters; returns L. */
  const loss = () => {
    along.set(parameters);
    if (basis === "mixed") reflect(along);
    let sum = 0;
    for (let i = 0; i < along.length; i++) sum += eigenvalues[i] * along[i] * along[i];
    return (scale * sum) / 2;
  };
  return {
    name: "quadratic",
    players: [player],
    gradient() {
      const value = loss();
      for (let i = 0; i < along.length; i++) gradients[i] = scale * eigenvalues[i] * along[i];
      if (basis === "mixed") reflect(gradients);
      if (sigma > 0) for (let i = 0; i < gradients.length; i++) gradients[i] += sigma * noise.normal();
      return value;
    },
    observables: ["loss", "distance", ...eigenvalues.map((_, i) => `q${i}`)],
    observe(out) {
      out[0] = loss();
      out[1] = 0;
      for (let i = 0; i < along.length; i++) out[1] = Math.max(out[1], Math.abs(along[i]));
      out.set(along, 2);
    },
  };
}

export const quadraticProblem = defineProblem({
  description: "a quadratic of given curvatures along the axes or across them: steep and flat directions",
  schema: quadraticSchema,
  create: quadratic,
});
