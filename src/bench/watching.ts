import { courseOptions } from "../../gan/config.js";
import { createTarget, planeGan, play } from "../../gan/index.js";
import { gameTask } from "../../gan/task.js";
import { createEngine } from "../kernels/create.js";
import { buildOptimizer } from "../optim/index.js";
import { playAll } from "../play/course.js";
import { measureMean } from "../play/orbit.js";
import { Streams } from "../rng/streams.js";
import { executeRun } from "../study/execute.js";
import type { Task } from "../study/task.js";
import type { Subject } from "./measure.js";

const steps = 2000;
const seed = 1;

/**
 * The cost of watching, in runs of 2000 steps of a GAN, set-up included: the training steps alone; with the dynamics, which
 * observe the generator and append a row at every step; and whole runs, which also measure samples 20 times and at the end
 * the motion, the samples' distances from the data and what pictures need.
 */
export function watchedSteps(engine: string): Subject[] {
  const config = gameTask.schema.parse({
    game: { name: "ring" },
    network: { hidden: [64, 64] },
    optimizer: { name: "rmsprop", lr: 0.001, rho: 0.99 },
    batch: 256,
    steps,
  });
  const { game: options, network, batch, optimizer, order } = config;
  if (options.name !== "ring" || network === undefined || batch === undefined) throw new Error("the ring is timed");
  const game = () =>
    planeGan(options, createTarget(options), createEngine(engine), new Streams(seed), { network, batch });
  const alone = () => {
    const gan = game();
    const { step } = play(gan, order, [buildOptimizer(optimizer, gan.engine), buildOptimizer(optimizer, gan.engine)]);
    for (let i = 0; i < steps; i++) step();
  };
  const dynamics: Task<typeof config> = {
    ...gameTask,
    run(_, context) {
      const { observed, outcome } = playAll(game(), courseOptions(config), context);
      measureMean(observed[0], observed[1]);
      return { outcome, summary: {}, parameters: [] };
    },
  };
  const withDynamics = async () => {
    await executeRun(dynamics, { config, seed, engine });
  };
  const whole = async () => {
    await executeRun(gameTask, { config, seed, engine });
  };
  const common = { name: `${steps} GAN steps, hidden 64`, engine, operations: null };
  return [
    { ...common, variant: "alone", run: alone },
    { ...common, variant: "with its dynamics", run: withDynamics },
    { ...common, variant: "whole run", run: whole },
  ];
}
