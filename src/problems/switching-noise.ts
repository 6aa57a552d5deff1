import { z } from "zod";
import { log } from "../math/elementary/logarithm.js";
import type { Game } from "../play/game.js";
import type { Streams } from "../rng/streams.js";
import { defineProblem } from "./definition.js";

const switchingNoiseSchema = z.strictObject({
  name: z.literal("switchingNoise"),
  low: z.number().positive().default(1).describe("the noise's standard deviation in the first half of each period"),
  high: z.number().positive().default(10).describe("in the second half"),
  period: z.int().min(2).multipleOf(2).default(256).describe("steps in which both halves come once"),
  walk: z.number().nonnegative().default(0.03).describe("how far the target moves at each step: a standard deviation"),
  copies: z.int().positive().default(100).describe("parameters, each with a target and noise of its own"),
});
export type SwitchingNoiseOptions = z.output<typeof switchingNoiseSchema>;

/** The noise's standard deviation at a step; the first is 1. */
export function noiseAt({ low, high, period }: SwitchingNoiseOptions, step: number): number {
  return (step - 1) % period < period / 2 ? low : high;
}

/**
 * Targets T on random walks, seen through noise whose scale s switches between two values, as where easy and hard
 * lessons alternate; many copies side by side:
 *
 *     g = θ − T + s n,   T ← T + walk · n',   L = mean ½ (θ − T)²,   n, n' ~ N(0, 1) from streams `noise` and `drift`
 *
 * Every switch of s is signalled. Observed: `loss`, where the targets have moved to; `scale`, the step's s; and over the
 * copies mean and standard deviation of (g/Δθ)², which is v/η² where Δθ = −η g/√v, `square` and `squareSpread`, and of
 * its natural logarithm, `logSquare` and `logSquareSpread`.
 */
export function switchingNoise(options: SwitchingNoiseOptions, streams: Streams): Game {
  const { walk, copies } = options;
  const [noise, drift] = [streams.get("noise"), streams.get("drift")];
  const player = { name: "theta", parameters: new Float64Array(copies), gradients: new Float64Array(copies) };
  const { parameters, gradients } = player;
  const before = new Float64Array(copies);
  const targets = new Float64Array(copies);
  let scale = noiseAt(options, 1);
  let observed = scale;
  const loss = () => {
    let sum = 0;
    for (let i = 0; i < copies; i++) sum += (parameters[i] - targets[i]) * (parameters[i] - targets[i]);
    return sum / (2 * copies);
  };
  const ratios = new Float64Array(copies);
  /** Mean and standard deviation over the copies. */
  const moments = (of: (ratio: number) => number): [number, number] => {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < copies; i++) {
      const value = of(ratios[i]);
      sum += value;
      squares += value * value;
    }
    const mean = sum / copies;
    return [mean, Math.sqrt(Math.max(0, squares / copies - mean * mean))];
  };
  return {
    name: "switchingNoise",
    players: [player],
    gradient() {
      observed = scale;
      for (let i = 0; i < copies; i++) {
        gradients[i] = parameters[i] - targets[i] + scale * noise.normal();
        before[i] = parameters[i];
      }
      return loss();
    },
    observables: ["loss", "scale", "square", "squareSpread", "logSquare", "logSquareSpread"],
    observe(out) {
      for (let i = 0; i < copies; i++) {
        const ratio = gradients[i] / (before[i] - parameters[i]);
        ratios[i] = ratio * ratio;
      }
      out.set([loss(), observed, ...moments((ratio) => ratio), ...moments(log)]);
    },
    afterRound(round) {
      if (walk > 0) for (let i = 0; i < copies; i++) targets[i] += walk * drift.normal();
      const next = noiseAt(options, round + 1);
      if (next === scale) return "same";
      scale = next;
      return "changed";
    },
  };
}

export const switchingNoiseProblem = defineProblem({
  description: "targets on random walks, seen through noise whose scale switches: which memory follows, which learns?",
  schema: switchingNoiseSchema,
  create: switchingNoise,
});
