import { column, declareTables } from "../study/tables.js";

/** The tables of every game. */
export const playTables = declareTables({
  metrics: {
    rows: "one per step",
    columns: { step: column("int32", "after how many steps", "steps") },
    further: {
      "<observable>": column("float64", "a quantity whose dynamics are studied, for each that the game names"),
      "<player>Loss": column("float64", "the player's loss at its last move of the step"),
      "<player>GradientNorm": column("float64", "the norm of the player's gradient"),
      "<player>UpdateNorm": column("float64", "the norm of the player's update"),
    },
  },
  pathAngle: {
    rows: "one per point of the line from the start to the end of the run",
    columns: {
      position: column("float64", "α: 0 at the start, 1 at the end"),
      cosine: column("float64", "of the angle between the field −g and the line; NaN where either vanishes"),
      fieldNorm: column("float64", "the norm of the field"),
    },
  },
});
