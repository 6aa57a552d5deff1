import { column, declareTables, field } from "../src/study/tables.js";

/** What agents record of an update; each declares those of them that it has, and may add its own. */
export const updateColumns = {
  policyLoss: column("float64", "the policy's loss"),
  valueLoss: column("float64", "the value's loss"),
  entropy: column("float64", "the policy's mean entropy", "nats"),
  gradientNorm: column("float64", "the norm of the gradient before clipping"),
  updateNorm: column("float64", "the norm of the update of the parameters"),
  effectiveStep: column("float64", "the norm of the update by the norm of the clipped gradient"),
  rootSquareAverage: column(
    "float64",
    "the lower median of √v over the parameters; NaN where the optimizer keeps no mean square",
  ),
};

export const rlTables = declareTables({
  metrics: {
    rows: "one per update of the agent",
    columns: {
      update: column("int32", "the update, from 1", "updates"),
      step: column("int32", "environment steps so far, over all copies", "steps"),
      changes: column("int32", "how often a parameter of the environment has drifted so far"),
    },
    further: {
      ...updateColumns,
      "<parameter>": column(
        "float64",
        "a drifting parameter's value at the last step before the update, for each of them",
      ),
    },
  },
  episodes: {
    rows: "one per end of an episode",
    columns: {
      step: column("int32", "environment steps so far, over all copies", "steps"),
      return: column("float64", "the sum of the episode's rewards"),
      length: column("int32", "the episode's length", "steps"),
      copy: column("int32", "the copy of the environment, from 0"),
    },
  },
});

export const rlSummary = {
  episodes: field("episodes that ended"),
  meanReturnLast100: field("mean return of the last 100 episodes, or of all where there are fewer; null without any"),
  changes: field("how often a parameter of the environment has drifted"),
  steps: field("steps done: those of whole updates within the steps asked for", "steps"),
  updates: field("updates done", "updates"),
};
