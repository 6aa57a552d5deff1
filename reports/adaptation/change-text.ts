import { z } from "zod";
import { listText, number } from "../parts/text.js";

/** A drift's entry as reports read it: a value at given steps, values in turn, or a straight line from the start. */
export const changeSchema = z.object({
  parameter: z.string(),
  schedule: z.union([
    z.object({ name: z.literal("at"), steps: z.array(z.number()) }),
    z.object({ name: z.literal("always") }),
  ]),
  update: z.union([
    z.object({ name: z.enum(["cycle", "list"]), values: z.array(z.number()) }),
    z.object({ name: z.literal("linear"), to: z.number(), over: z.number() }),
  ]),
});
export type Change = z.output<typeof changeSchema>;

/** The environment step of a drift's first change. */
export const firstChange = (drift: readonly Change[]): number =>
  Math.min(...drift.map(({ schedule }) => (schedule.name === "at" ? schedule.steps[0] : 0)));

/** Whether a parameter changes more than once. */
export const goesOn = ({ schedule }: Change): boolean => schedule.name === "always" || schedule.steps.length > 1;

/** A drift in words: `force flips, reward × 0.1`. */
export function changeText(drift: readonly Change[]): string {
  return listText(drift.map(entryText));
}

function entryText({ parameter, schedule, update }: Change): string {
  if (update.name === "linear") return `${parameter} → ${number(update.to)} smoothly`;
  const last = update.values[update.values.length - 1];
  if (parameter === "forceMag" && last < 0) return "force flips";
  if (parameter === "actionPermutation") return "actions permuted";
  if (parameter === "rewardScale") return `reward × ${number(last)}`;
  const steps = schedule.name === "at" ? schedule.steps.length : 1;
  return `${parameter} → ${number(last)}${steps > 1 ? ` in ${steps} steps` : ""}`;
}
