import type { Addition } from "../addition.js";

export const environment: Addition = {
  kind: "environment",
  most: 2,
  writes: {
    "envs/tabular/added-coin.ts": `import { tabular } from "./tabular.js";

/** One state; action 1 pays. */
export const addedCoin = tabular({
  id: "AddedCoin-v0",
  description: "one state, two actions, the second pays",
  maxEpisodeSteps: 5,
  states: 1,
  actions: 2,
  starts: [1],
  parameters: { pay: { default: 1, description: "reward of action 1" } },
  table({ pay }) {
    return [[0, pay].map((reward) => [{ probability: 1, next: 0, reward, terminated: false }])];
  },
});
`,
  },
  inserts: [
    { file: "envs/registry.ts", text: 'import { addedCoin } from "./tabular/added-coin.js";\n' },
    { file: "envs/registry.ts", after: "for (const known of [\n", text: "  addedCoin,\n" },
  ],
  listed: ["envs", "AddedCoin-v0"],
  use: ["train", "--env", "AddedCoin-v0", "--steps", "100"],
};
