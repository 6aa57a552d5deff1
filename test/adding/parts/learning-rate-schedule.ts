import type { Addition } from "../addition.js";

export const learningRateSchedule: Addition = {
  kind: "schedule of the learning rate",
  most: 2,
  writes: {
    "src/optim/around/schedules/added-root.ts": `import { z } from "zod";
import { defineSchedule, steps } from "./definition.js";

/** 1/√(1 + t/after) */
export const addedRootSchedule = defineSchedule({
  description: "one over the root of the time",
  schema: z.strictObject({
    name: z.literal("addedRoot"),
    after: steps.default(1).describe("steps until half the square is reached"),
  }),
  create:
    ({ after }) =>
    (step) =>
      1 / Math.sqrt(1 + step / after),
});
`,
  },
  inserts: [
    { file: "src/optim/around/schedule.ts", text: 'import { addedRootSchedule } from "./schedules/added-root.js";\n' },
    { file: "src/optim/around/schedule.ts", after: "  oneCycleSchedule,\n", text: "  addedRootSchedule,\n" },
  ],
  use: [
    "play",
    "bilinear",
    "--steps",
    "3",
    "--optimizer",
    "sgd",
    "--set",
    "optimizer.schedule={name: addedRoot, after: 10}",
  ],
};
