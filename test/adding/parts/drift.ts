import type { Addition } from "../addition.js";

const train = (schedule: string, update: string) => [
  ...["train", "--env", "CartPole-v1", "--steps", "160"],
  ...["--set", `env.drift=[{ parameter: length, schedule: ${schedule}, update: ${update} }]`],
];

export const driftSchedule: Addition = {
  kind: "schedule of a drift",
  most: 2,
  writes: {
    "envs/drift/schedules/added-doubling.ts": `import { z } from "zod";
import { defineSchedule } from "../schedule.js";

/** Changes at first, 2 · first, 4 · first, … */
export const addedDoubling = defineSchedule({
  description: "after waits that double",
  schema: z.strictObject({
    name: z.literal("addedDoubling"),
    first: z.int().positive().describe("the time of the first change"),
  }),
  create: ({ first }) => ({
    next(after) {
      let time = first;
      while (time <= after) time *= 2;
      return time;
    },
    fixed: true,
  }),
});
`,
  },
  inserts: [
    { file: "envs/drift/build-schedule.ts", text: 'import { addedDoubling } from "./schedules/added-doubling.js";\n' },
    { file: "envs/drift/build-schedule.ts", after: "const definitions = [", text: "addedDoubling, " },
  ],
  use: train("{ name: addedDoubling, first: 16 }", "{ name: increment, by: 0.01 }"),
};

export const driftUpdate: Addition = {
  kind: "update of a drift",
  most: 2,
  writes: {
    "envs/drift/updates/added-halving.ts": `import { z } from "zod";
import { defineUpdate } from "../update.js";

/** θₙ = (θₙ₋₁ + to)/2 */
export const addedHalving = defineUpdate({
  description: "half of the way to a value",
  schema: z.strictObject({ name: z.literal("addedHalving"), to: z.number().describe("the value that it nears") }),
  create: ({ to }) => ({ kind: "scalar", value: (present) => (present + to) / 2, range: [to] }),
});
`,
  },
  inserts: [
    { file: "envs/drift/build-update.ts", text: 'import { addedHalving } from "./updates/added-halving.js";\n' },
    { file: "envs/drift/build-update.ts", after: "const definitions = [\n", text: "  addedHalving,\n" },
  ],
  use: train("{ name: every, period: 16 }", "{ name: addedHalving, to: 1 }"),
};
