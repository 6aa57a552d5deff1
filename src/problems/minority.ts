import { z } from "zod";
import { gaussHermite } from "../math/gauss-hermite.js";
import { sigmoid, softplus } from "../math/logistic.js";
import type { Game } from "../play/game.js";
import type { Streams } from "../rng/streams.js";
import { defineProblem } from "./definition.js";

const minoritySchema = z.strictObject({
  name: z.literal("minority"),
  share: z.number().positive().lt(1).default(0.1).describe("p, the minority's part of all samples"),
  weighting: z
    .enum(["plain", "balanced"])
    .default("plain")
    .describe("every sample counts alike, or by ½ over its group's part, so that both groups weigh the same"),
  features: z.int().positive().default(8).describe("d, features of each group"),
  batch: z.int().positive().default(32).describe("B, samples per gradient"),
});
export type MinorityOptions = z.output<typeof minoritySchema>;

/** m, the mean of every feature times the label; deviations are 1. */
const mean = 0.5;
/** Nodes of the quadrature over margins, enough for losses to 10⁻⁵. */
const nodes = 32;

/**
 * Logistic regression on two groups that are told by features of their own: a sample is of the minority with chance p,
 * has the label y = ±1, and
 *
 *     x_j = m y + n_j on the d features of its group, 0 on the other's,   n ~ N(0, 1),   m = ½
 *     L = 1/B Σ_b c_b softplus(−y_b w·x_b),   c = 1 (plain) or 1/(2p), 1/(2 (1 − p)) (balanced)
 *
 * Neither group's samples touch the other's parameters, and both have the same best ones, w_j = 2m. Plainly weighted, a
 * minority has sparse features: its gradients are smaller by its share. Balanced, its mean gradient is that of the
 * majority, but of fewer samples: it is noisier.
 *
 * A group's expected loss is exact by quadrature, since its margin y w·x is normal with mean m Σ w_j and variance Σ w_j².
 * Samples come from stream `data`.
 *
 * Observed: `loss`, the expected loss with both groups' weights in L, and of each group the share of its own expected loss
 * above the best one that is left, `excessMajority` and `excessMinority`: 1 at the start, w = 0, and 0 at the best.
 */
export function minority({ share, weighting, features, batch }: MinorityOptions, streams: Streams): Game {
  const stream = streams.get("data");
  const size = 2 * features;
  const player = { name: "weights", parameters: new Float64Array(size), gradients: new Float64Array(size) };
  const { parameters, gradients } = player;
  const shares = [1 - share, share];
  const counts = shares.map((part) => (weighting === "plain" ? 1 : 0.5 / part));
  const best = expectedLoss(new Float64Array(features).fill(2 * mean));
  const groups = [0, 1].map((k) => parameters.subarray(k * features, (k + 1) * features));
  const x = new Float64Array(features);
  return {
    name: "minority",
    players: [player],
    gradient() {
      gradients.fill(0);
      let loss = 0;
      for (let row = 0; row < batch; row++) {
        const k = stream.uniform() < share ? 1 : 0;
        const weights = groups[k];
        let margin = 0;
        for (let j = 0; j < features; j++) {
          // y x_j is N(m, 1) whatever the label is.
          x[j] = mean + stream.normal();
          margin += weights[j] * x[j];
        }
        loss += counts[k] * softplus(-margin);
        const slope = (counts[k] * sigmoid(-margin)) / batch;
        for (let j = 0; j < features; j++) gradients[k * features + j] -= slope * x[j];
      }
      return loss / batch;
    },
    observables: ["loss", "excessMajority", "excessMinority"],
    observe(out) {
      out[0] = 0;
      groups.forEach((weights, k) => {
        const loss = expectedLoss(weights);
        out[0] += shares[k] * counts[k] * loss;
        out[1 + k] = (loss - best) / (Math.LN2 - best);
      });
    },
  };
}

const rule = gaussHermite(nodes);

/** E softplus(−M), M ~ N(m Σ w_j, Σ w_j²). */
function expectedLoss(weights: Float64Array): number {
  let [centre, square] = [0, 0];
  for (const weight of weights) {
    centre += mean * weight;
    square += weight * weight;
  }
  const spread = Math.sqrt(square);
  let loss = 0;
  for (let i = 0; i < nodes; i++) loss += rule.weights[i] * softplus(-(centre + spread * rule.nodes[i]));
  return loss;
}

export const minorityProblem = defineProblem({
  description: "logistic regression on a majority and a minority with few or noisy samples: who learns how fast?",
  schema: minoritySchema,
  create: minority,
});
