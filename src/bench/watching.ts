import { createTarget, mixtureGan, play } from "../../gan/index.js";
import { gameTask } from "../../gan/task.js";
import { createEngine } from "../kernels/create.js";
import { buildOptimizer } from "../optim/index.js";
import { Streams } from "../rng/streams.js";
import { executeRun } from "../study/run.js";
import type { Subject } from "./measure.js";

const steps = 2000;
const seed = 1;

/**
 * What watching costs: the training steps of a GAN alone, and the same steps as a run does them, which observes the
 * generator and appends a row at every step, measures its samples 20 times, and at the end its motion, its samples'
 * distances from the data and what its pictures need. One call is a run of 2000 steps, set-up included.
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
  const alone = () => {
    const at = createEngine(engine);
    const game = mixtureGan(options, createTarget(options), at, new Streams(seed), { network, batch });
    const { step } = play(game, order, [buildOptimizer(optimizer, at), buildOptimizer(optimizer, at)]);
    for (let i = 0; i < steps; i++) step();
  };
  const watched = async () => {
    await executeRun(gameTask, { config, seed, engine });
  };
  const common = { name: `${steps} GAN steps, hidden 64`, engine, operations: null };
  return [
    { ...common, variant: "alone", run: alone },
    { ...common, variant: "watched", run: watched },
  ];
}
