import { z } from "zod";
import { exp } from "../math/elementary/exponential.js";
import { log } from "../math/elementary/logarithm.js";
import type { Game } from "../play/game.js";
import type { RandomStream } from "../rng/random-stream.js";
import type { Streams } from "../rng/streams.js";
import { defineProblem } from "./definition.js";
import { type QuadraticTask, type Unrolled, unrolledRmsprop } from "./unrolled-rmsprop.js";

const metaRmspropSchema = z.strictObject({
  name: z.literal("metaRmsprop"),
  rho: z.number().gt(0).lt(1).default(0.9).describe("ρ at the start"),
  eps: z.number().positive().default(0.01).describe("ε at the start, outside the root"),
  lr: z.number().positive().default(0.1).describe("η of the RMSprop whose ρ and ε are learned"),
  biasCorrection: z.boolean().default(false).describe("of that RMSprop"),
  speed: z.number().nonnegative().default(1).describe("weight of the mean ln L/L₀ in the objective"),
  smoothness: z
    .number()
    .nonnegative()
    .default(0.1)
    .describe("weight of the mean squared change of the step in units of η"),
  size: z.int().positive().default(8).describe("parameters of a task"),
  length: z.int().min(2).default(100).describe("steps of RMSprop on a task"),
  batch: z.int().positive().default(4).describe("tasks per gradient"),
  heldOut: z.int().positive().default(32).describe("tasks apart, on which the settings are judged"),
});
export type MetaRmspropOptions = z.output<typeof metaRmspropSchema>;

/** Curvatures from 0.01 to 1 and noise from 0.01 to 1, evenly on a logarithmic scale; starts from N(0, 1). */
function drawTask(stream: RandomStream, size: number, length: number): QuadraticTask {
  const spread = () => Float64Array.from({ length: size }, () => exp(log(0.01) * stream.uniform()));
  const normal = (count: number) => Float64Array.from({ length: count }, () => stream.normal());
  return { curvatures: spread(), deviations: spread(), start: normal(size), noise: normal(size * length) };
}

/**
 * RMSprop's own ρ and ε as parameters, learned over tasks that are drawn anew for each gradient:
 *
 *     θ = (ln ρ/(1 − ρ), ln ε),   L = mean over the batch of speed · mean_t ln L_t/L₀ + smoothness · mean (u_t − u_{t−1})²
 *
 * with the exact gradient through all steps ({@link unrolledRmsprop}). Tasks come from stream `data`, those held out
 * from stream `evaluation`. Observed: `rho`, `eps`, and on the tasks held out `objective`, `speed`, `roughness`.
 */
export function metaRmsprop(options: MetaRmspropOptions, streams: Streams): Game {
  const { lr, biasCorrection, speed, smoothness, size, length, batch } = options;
  const tasks = streams.get("data");
  const heldOutStream = streams.get("evaluation");
  const heldOut = Array.from({ length: options.heldOut }, () => drawTask(heldOutStream, size, length));
  const parameters = Float64Array.of(log(options.rho / (1 - options.rho)), log(options.eps));
  const gradients = new Float64Array(2);
  const settings = () => ({ rho: 1 / (1 + exp(-parameters[0])), eps: exp(parameters[1]) });
  const unrolled = (task: QuadraticTask, derivatives: boolean): Unrolled =>
    unrolledRmsprop(task, { ...settings(), lr, biasCorrection, speed, smoothness }, derivatives);
  return {
    name: "metaRmsprop",
    players: [{ name: "settings", parameters, gradients }],
    gradient() {
      const { rho, eps } = settings();
      let objective = 0;
      gradients.fill(0);
      for (let k = 0; k < batch; k++) {
        const found = unrolled(drawTask(tasks, size, length), true);
        objective += found.objective / batch;
        gradients[0] += (found.byRho * rho * (1 - rho)) / batch;
        gradients[1] += (found.byEps * eps) / batch;
      }
      return objective;
    },
    observables: ["rho", "eps", "objective", "speed", "roughness"],
    observe(out) {
      const { rho, eps } = settings();
      const found = heldOut.map((task) => unrolled(task, false));
      const mean = (of: (one: Unrolled) => number) => found.reduce((sum, one) => sum + of(one), 0) / found.length;
      out.set([rho, eps, mean((one) => one.objective), mean((one) => one.speed), mean((one) => one.roughness)]);
    },
  };
}

export const metaRmspropProblem = defineProblem({
  description: "RMSprop's own ρ and ε, learned by the exact gradient through its steps on random quadratics",
  schema: metaRmspropSchema,
  create: metaRmsprop,
});
