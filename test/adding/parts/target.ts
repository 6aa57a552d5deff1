import type { Addition } from "../addition.js";

export const target: Addition = {
  kind: "target of a 2D GAN",
  most: 2,
  writes: {
    "gan/targets/added-square.ts": `import { z } from "zod";
import { defineTarget } from "./definition.js";

export const addedSquareTarget = defineTarget({
  description: "a 2D GAN on a uniform square",
  schema: z.strictObject({ name: z.literal("addedSquare"), side: z.number().positive().default(2) }),
  create: ({ side }) => ({
    sample(stream, out, rows) {
      for (let i = 0; i < 2 * rows; i++) out[i] = stream.uniform(-side / 2, side / 2);
    },
  }),
});
`,
  },
  inserts: [
    { file: "gan/targets/index.ts", text: 'import { addedSquareTarget } from "./added-square.js";\n' },
    { file: "gan/targets/index.ts", after: "export const targets = [", text: "addedSquareTarget, " },
  ],
  listed: ["games", "addedSquare"],
  use: ["play", "addedSquare", "--steps", "3", "--set", "batch=8"],
};
