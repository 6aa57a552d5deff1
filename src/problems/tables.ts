import { column, declareTables, field } from "../study/tables.js";

export const problemTables = declareTables({
  metrics: {
    rows: "one per step",
    columns: {
      step: column("int32", "the step, from 1", "steps"),
      scale: column("float64", "the scale of the gradient at this step"),
      gradient: column("float64", "the gradient, noise included"),
      normalisedStep: column("float64", "|Δθ|/η, the step in units of the learning rate; NaN where η = 0"),
    },
  },
});

export const problemSummary = {
  pathLength: field("Σ |Δθ|, the way that the parameter went"),
};
