import { type ColumnDeclaration, column, declareTables, field } from "../src/study/tables.js";

const noSquares = "NaN where the optimizer keeps no mean square";

/** Measures of the optimizer's steps: means over an update's steps where it takes several. */
export const stepColumns = {
  gradientNorm: column("float64", "the norm of the gradient before clipping"),
  updateNorm: column("float64", "the norm of the update of the parameters"),
  effectiveStep: column("float64", "the norm of the update by the norm of the clipped gradient"),
  rootSquareAverage: column(
    "float64",
    `the lower median of √v over the parameters; ${noSquares}, and where policy and value have one each`,
  ),
  clippedGradientNorm: column("float64", "the norm of the gradient after clipping"),
  clippedShare: column("float64", "the share of the update's steps whose gradient was clipped"),
  largestUpdateNorm: column("float64", "the largest norm of an update of the parameters among the update's steps"),
  policyGradientNorm: column("float64", "the norm of the policy's gradient before clipping"),
  policyUpdateNorm: column("float64", "the norm of the update of the policy's parameters"),
  policyEffectiveStep: column("float64", "the same by the norm of the policy's clipped gradient"),
  policyRootSquareAverage: column("float64", `the lower median of √v over the policy's parameters; ${noSquares}`),
};

/** The same of a value network. */
export const valueStepColumns = {
  valueGradientNorm: column("float64", "the norm of the value's gradient before clipping"),
  valueUpdateNorm: column("float64", "the norm of the update of the value's parameters"),
  valueEffectiveStep: column("float64", "the same by the norm of the value's clipped gradient"),
  valueRootSquareAverage: column("float64", `the lower median of √v over the value's parameters; ${noSquares}`),
};

/** What agents record of an update; each declares those of them that it has, and may add its own. */
export const updateColumns = {
  policyLoss: column("float64", "the policy's loss"),
  valueLoss: column("float64", "the value's loss"),
  entropy: column("float64", "the policy's mean entropy", "nats"),
  explainedVariance: column(
    "float64",
    "1 − Var(R − V)/Var(R) over the rollout, before the update; NaN where all returns R are equal",
  ),
  ...stepColumns,
  ...valueStepColumns,
};

/** Measures of a network, see `network-measures.ts`. */
function networkColumns<Name extends "policy" | "value">(network: Name) {
  const measures = {
    DormantShare: column("float64", `the share of dormant units in the ${network} network's hidden layers`),
    EffectiveRank: column("float64", `the effective rank of the ${network} network's last hidden layer`),
    WeightNorm: column("float64", `the norm of the ${network} network's parameters`),
  };
  const named = Object.entries(measures).map(([measure, declaration]) => [network + measure, declaration]);
  return Object.fromEntries(named) as Record<`${Name}${keyof typeof measures}`, ColumnDeclaration>;
}

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
  networks: {
    rows: "one per so many updates as networkMeasuresEvery says",
    columns: {
      update: column("int32", "the update, from 1", "updates"),
      step: column("int32", "environment steps so far, over all copies", "steps"),
      ...networkColumns("policy"),
      ...networkColumns("value"),
    },
  },
  interventions: {
    rows: "one per intervention that took place; no such table without any",
    columns: {
      step: column("int32", "environment steps so far, over all copies", "steps"),
      update: column("int32", "updates done so far", "updates"),
      intervention: column("int32", "its place in the list of interventions, from 0"),
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
  meanReturnOverTime: field(
    "the area under the learning curve over its length: the mean over ten equal windows of steps of the mean return of the episodes that ended in each; null without any",
  ),
  changes: field("how often a parameter of the environment has drifted"),
  steps: field("steps done: those of whole updates within the steps asked for", "steps"),
  updates: field("updates done", "updates"),
};
