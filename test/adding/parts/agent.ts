import type { Addition } from "../addition.js";

export const agent: Addition = {
  kind: "agent",
  most: 2,
  writes: {
    "agents/added-critic.ts": `import { z } from "zod";
import { A2c, a2c } from "./a2c.js";
import { defineAgent } from "./agent.js";

/** A2C with rollouts of ten steps and a name of its own. */
export const addedCritic = defineAgent({
  ...a2c,
  description: "A2C with rollouts of ten steps",
  schema: z.strictObject({ name: z.literal("addedCritic"), gamma: z.number().min(0).max(1).default(0.9) }),
  networks: () => ["policy", "value"],
  refuse: undefined,
  create: ({ gamma }, parts) => new A2c(a2c.schema.parse({ name: "a2c", gamma, rollout: 10 }), parts),
});
`,
  },
  inserts: [
    { file: "agents/definitions.ts", text: 'import { addedCritic } from "./added-critic.js";\n' },
    { file: "agents/definitions.ts", after: "const definitions = [", text: "addedCritic, " },
  ],
  listed: ["agents", "addedCritic"],
  use: ["train", "--env", "CartPole-v1", "--agent", "addedCritic", "--steps", "200", "--set", "agent.gamma=0.5"],
};
