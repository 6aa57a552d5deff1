import { z } from "zod";
import type { Condition } from "../run.js";
import type { Tune } from "./schema.js";
import type { SearchedGroup } from "./search.js";

/** What tuning saw for the conditions that agree on some of the grid's axes: all conditions where it names none. */
export interface TuningGroup extends SearchedGroup {
  readonly condition: Condition;
}

/** The surface that tuning saw, as `study.json` keeps it. Its groups have the same points. */
export interface Tuning extends Pick<Tune, "metric" | "goal"> {
  readonly method: NonNullable<Tune["method"]>;
  readonly seeds: readonly number[];
  readonly groups: readonly TuningGroup[];
}

export const tuningSchema: z.ZodType<Tuning> = z.strictObject({
  metric: z.string(),
  goal: z.enum(["maximise", "minimise"]),
  method: z.enum(["grid", "random", "sobol"]),
  seeds: z.array(z.int()),
  groups: z.array(
    z.strictObject({
      condition: z.record(z.string(), z.string()),
      points: z.array(
        z.strictObject({ values: z.record(z.string(), z.json()), scores: z.array(z.number().nullable()) }),
      ),
      best: z.int(),
      edges: z.array(z.string()),
    }),
  ),
});
