import { InputError } from "../src/config/input-error.js";
import { readCheckpoint } from "../src/study/checkpoint-file.js";
import { type Checkpoint, restoreTraining } from "./checkpoint.js";
import type { RlTaskConfig } from "./task-schema.js";
import { createTraining, type EngineTraining } from "./training.js";

/** A training as a checkpoint holds it. */
export interface LoadedTraining extends EngineTraining {
  readonly config: RlTaskConfig;
  readonly seed: number;
}

/**
 * The training of a checkpoint, ready to act or to go on.
 *
 *     const { agent, engine, config } = await loadTraining("cartpole");
 *     const returns = evaluate(agent, engine, makeVector(config.env.id, { copies: 4, streams: new Streams(7) }), 25);
 *
 * @param folder that `ringdown train --checkpoint` wrote
 * @param engine to load it into; `auto` is the fastest that is there
 * @throws InputError where there is no checkpoint, it is damaged, or another version wrote it
 */
export async function loadTraining(folder: string, engine = "auto"): Promise<LoadedTraining> {
  const { task, seed, config: saved, state } = await readCheckpoint(folder);
  if (task !== "rl") throw new InputError(`${folder}: expected a checkpoint of the task rl, found one of ${task}`);
  // Checked when it was written, by this version, and its digest is right.
  const config = saved as RlTaskConfig;
  const training = createTraining(config, { seed, engine });
  restoreTraining(state as Checkpoint, training);
  return { ...training, config, seed };
}
