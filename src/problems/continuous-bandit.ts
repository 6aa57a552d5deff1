import { z } from "zod";
import { lowerMedian } from "../math/lower-median.js";
import type { Game } from "../play/game.js";
import type { Streams } from "../rng/streams.js";
import { defineProblem } from "./definition.js";

const continuousBanditSchema = z.strictObject({
  name: z.literal("continuousBandit"),
  deviation: z.number().positive().default(1).describe("σ of the policy"),
  batch: z.int().positive().default(16).describe("actions per gradient"),
  replicates: z.int().positive().default(400).describe("independent learners, a parameter each"),
  scaleAt: z.int().nonnegative().default(50).describe("after how many steps the reward's scale changes"),
  scale: z.number().positive().default(1).describe("of the reward after that; 1 before"),
  delay: z.int().nonnegative().default(0).describe("steps from there until the target moves"),
  move: z.number().positive().default(3).describe("how far the target moves, in σ"),
  within: z.number().positive().default(0.5).describe("a learner has recovered when it is that near, in σ"),
});
export type ContinuousBanditOptions = z.output<typeof continuousBanditSchema>;

/**
 * REINFORCE with a Gaussian policy on a bandit whose arms are the real line, many learners side by side:
 *
 *     a ~ N(μ, σ²),   r(a) = −c (a − T)²,   L = −E r = c ((μ − T)² + σ²)
 *     ĝ = −mean over the batch of (r(a) − E r) (a − μ)/σ²
 *
 * with the exact expectation as baseline. With d = μ − T the estimate has
 *
 *     E ĝ = 2 c d,   E ĝ² = c² (4 d² (1 + 2/B) + 10 σ²/B)
 *
 * First the reward's scale c changes, then, `delay` steps later, the target T moves; only the second is signalled to the
 * optimizer. Each learner is one parameter, so a rule that treats parameters one by one treats learners one by one.
 *
 * Observed: `distance`, the median over learners of |μ − T| in σ, and `recovered`, the share of them that have been within
 * `within` of T since it moved. Actions come from stream `policy`.
 *
 * Source: Williams (1992); the moments follow from E ε² = 1, E ε⁴ = 3, E ε⁶ = 15.
 */
export function continuousBandit(options: ContinuousBanditOptions, streams: Streams): Game {
  const { deviation, batch, replicates, scaleAt, delay, move, within } = options;
  const stream = streams.get("policy");
  const player = { name: "mean", parameters: new Float64Array(replicates), gradients: new Float64Array(replicates) };
  const { parameters, gradients } = player;
  const noise = new Float64Array(batch * replicates);
  const distances = new Float64Array(replicates);
  const scratch = new Float64Array(replicates);
  const recovered = new Uint8Array(replicates);
  const movedAt = scaleAt + delay;
  let scale = scaleAt === 0 ? options.scale : 1;
  let target = movedAt === 0 ? move * deviation : 0;
  let moved = movedAt === 0;

  return {
    name: "continuousBandit",
    players: [player],
    gradient() {
      stream.fillNormal(noise);
      let loss = 0;
      for (let k = 0; k < replicates; k++) {
        const d = parameters[k] - target;
        let sum = 0;
        for (let b = k * batch; b < (k + 1) * batch; b++) {
          const e = noise[b];
          // −(r − E r) ε/σ with r = −c (d + σε)² and E r = −c (d² + σ²).
          sum += (2 * d * deviation * e + deviation * deviation * (e * e - 1)) * e;
        }
        gradients[k] = (scale * sum) / (batch * deviation);
        loss += scale * (d * d + deviation * deviation);
      }
      return loss / replicates;
    },
    observables: ["distance", "recovered"],
    observe(out) {
      let count = 0;
      for (let k = 0; k < replicates; k++) {
        distances[k] = Math.abs(parameters[k] - target) / deviation;
        if (moved && distances[k] < within) recovered[k] = 1;
        count += recovered[k];
      }
      out[0] = lowerMedian(distances, scratch);
      out[1] = count / replicates;
    },
    afterRound(round) {
      if (round === scaleAt) scale = options.scale;
      if (round !== movedAt) return "same";
      target = move * deviation;
      moved = true;
      return "changed";
    },
  };
}

export const continuousBanditProblem = defineProblem({
  description: "REINFORCE on a bandit of one continuous arm whose reward is rescaled and whose target moves",
  schema: continuousBanditSchema,
  create: continuousBandit,
});
