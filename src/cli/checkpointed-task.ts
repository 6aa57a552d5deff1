import { setImmediate } from "node:timers/promises";
import type { Checkpoint } from "../../agents/checkpoint.js";
import { rlTask } from "../../agents/task.js";
import type { RlTaskConfig } from "../../agents/task-schema.js";
import { TrainingRun } from "../../agents/training-run.js";
import { InputError } from "../config/input-error.js";
import { type RunCheckpoint, refuseAnotherRun, writeCheckpoint } from "../study/checkpoint-file.js";
import type { RunContext, RunResult, Task } from "../study/task.js";

export interface Checkpointing {
  readonly folder: string;
  /** Environment steps between two checkpoints, at least. */
  readonly every: number;
  /** The checkpoint to go on from. */
  readonly from?: RunCheckpoint;
}

/** The user has stopped a training, whose state is in the checkpoint. */
export class Interruption extends Error {
  constructor(readonly step: number) {
    super(`interrupted at step ${step}`);
  }
}

/** Between two looks whether a signal has come: the loop of a training leaves no room for them by itself. */
const milliseconds = 50;

/**
 * The task `rl` with checkpoints: every so many steps, at the end, and where SIGINT or SIGTERM asks it to stop, which
 * rejects with an {@link Interruption}; a second signal ends the process at once. A diverged run writes none of its end,
 * so that the last checkpoint is one from which it diverges again.
 */
export function checkpointedTask({ folder, every, from }: Checkpointing): Task<RlTaskConfig> {
  const run = async (config: RlTaskConfig, context: RunContext): Promise<RunResult> => {
    const { seed, engine } = context;
    const spec = { task: rlTask.name, config, seed, engine };
    const training = new TrainingRun(config, context);
    if (from !== undefined) {
      refuseAnotherRun(from, spec, folder);
      refuseProgram(config);
      training.restore(from.state as Checkpoint, from.tables);
    }
    let saved = from?.step;
    const save = async () => {
      if (saved === training.step) return;
      saved = training.step;
      await writeCheckpoint(folder, spec, { step: saved, state: training.save(), tables: training.tables });
    };
    const interruption = new AbortController();
    const interrupt = () => interruption.abort();
    process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
    try {
      let looked = performance.now();
      while (training.advance()) {
        if (training.outcome.kind === "completed" && training.step - (saved ?? 0) >= every) await save();
        if (performance.now() - looked < milliseconds) continue;
        await setImmediate();
        looked = performance.now();
        if (!interruption.signal.aborted) continue;
        if (training.outcome.kind === "completed") await save();
        throw new Interruption(training.step);
      }
      if (training.outcome.kind === "completed") await save();
      return training.result();
    } finally {
      training.close();
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    }
  };
  return { ...rlTask, run };
}

function refuseProgram({ env: { program } }: RlTaskConfig): void {
  if (program === undefined) return;
  throw new InputError(
    `--resume: the state of ${program.command.join(" ")} is in no checkpoint; the policy can be evaluated and exported`,
  );
}
