import type { Addition } from "../addition.js";

export const learningRateSchedule: Addition = {
  kind: "schedule of the learning rate",
  most: 2,
  writes: {
    "src/optim/around/schedules/added-halves.ts": `import { z } from "zod";
import { defineSchedule, steps } from "./definition.js";

/** 1 for some steps, then ½. */
export const addedHalves = defineSchedule({
  description: "the half after some steps",
  schema: z.strictObject({ name: z.literal("addedHalves"), steps: steps.describe("at full rate") }),
  create:
    ({ steps: full }) =>
    (step) =>
      step < full ? 1 : 0.5,
});
`,
  },
  inserts: [
    { file: "src/optim/around/schedule.ts", text: 'import { addedHalves } from "./schedules/added-halves.js";\n' },
    { file: "src/optim/around/schedule.ts", after: "const alone = [\n", text: "  addedHalves,\n" },
  ],
  use: ["play", "bilinear", "--steps", "20", "--set", "optimizer.schedule={name: addedHalves, steps: 10}"],
};

export const driftSchedule: Addition = {
  kind: "schedule of a drift",
  most: 2,
  writes: {
    "envs/drift/schedules/added-once.ts": `import { z } from "zod";
import { defineSchedule } from "../schedule.js";

/** One change, at a given time. */
export const addedOnce = defineSchedule({
  description: "once",
  schema: z.strictObject({ name: z.literal("addedOnce"), time: z.int().positive() }),
  create: ({ time }) => ({ next: (after) => (after < time ? time : Number.POSITIVE_INFINITY), fixed: true }),
});
`,
  },
  inserts: [
    { file: "envs/drift/build-schedule.ts", text: 'import { addedOnce } from "./schedules/added-once.js";\n' },
    { file: "envs/drift/build-schedule.ts", after: "const definitions = [", text: "addedOnce, " },
  ],
  use: [
    ...["train", "--env", "CartPole-v1", "--steps", "200", "--set"],
    "env.drift=[{parameter: length, schedule: {name: addedOnce, time: 50}, update: {name: cycle, values: [1]}}]",
  ],
};
