import { column, declareTables, field } from "../study/tables.js";

export const problemTables = declareTables({
  metrics: {
    rows: "one per step; with `every` fewer, but always the last",
    columns: {
      step: column("int32", "the step, from 1", "steps"),
      normalisedStep: column("float64", "|Δθ|/η, the step in units of the learning rate; NaN where η = 0"),
    },
    further: { "<observable>": column("float64", "a quantity of the problem, for each that it names") },
  },
});

export const problemSummary = {
  pathLength: field("Σ |Δθ|, the length of the parameters' path"),
  reached: field(
    "with `until`: the first of the steps in a row after which it held; null where there were none",
    "steps",
  ),
  score: field("with `score`: the mean of an observable over the run's last steps; null where the run diverged"),
  clamped: field("centered RMSprop: how often v − m² was taken as 0, over parameters and steps"),
};
