import { withOptimizerModules } from "../src/optim/user-modules.js";
import type { Task } from "../src/study/task.js";
import { agentColumns } from "./definitions.js";
import { withProgramDescribed } from "./program-described.js";
import { rlSummary, rlTables } from "./tables.js";
import { type RlTaskConfig, rlTaskSchema } from "./task-schema.js";
import { TrainingRun } from "./training-run.js";

/**
 * Trains an agent on an environment that may drift; after an update from steps in which it has, the optimizer is told.
 */
export const rlTask: Task<RlTaskConfig> = {
  name: "rl",
  description: "an agent on an environment that may drift",
  tables: {
    ...rlTables,
    metrics: { ...rlTables.metrics, further: { ...rlTables.metrics.further, ...agentColumns } },
  },
  summary: rlSummary,
  schema: rlTaskSchema,
  resolve: (config, folder) => withProgramDescribed(withOptimizerModules(config, folder), folder),
  run(config, context) {
    const run = new TrainingRun(config, context);
    try {
      while (run.advance());
      return run.result();
    } finally {
      run.close();
    }
  },
};
