import type { Addition } from "../addition.js";

export const optimizer: Addition = {
  kind: "optimizer",
  most: 2,
  writes: {
    "src/optim/rules/added-sign.ts": `import { learningRate, optionsSchema, type Resolved } from "../around/options.js";
import { defineRule } from "../definition.js";
import type { Optimizer } from "../optimizer.js";
import { optimizerFromRule } from "../rule.js";
import type { State } from "../transform.js";

const defaults = { torch: { lr: 0.01 } };

const schema = optionsSchema("addedSign", defaults, { lr: learningRate.describe("learning rate η") });
export type AddedSignOptions = Resolved<typeof schema>;

/** θ ← θ − η sign(g + λ θ) */
export function addedSign(options: AddedSignOptions): Optimizer {
  return optimizerFromRule<State>(options, {
    init: () => ({}),
    update(gradients, { updates }, parameters, lr, decay) {
      for (let i = 0; i < gradients.length; i++) updates[i] = -lr * Math.sign(gradients[i] + decay * parameters[i]);
    },
  });
}

export const addedSignDefinition = defineRule({
  description: "the sign of the gradient",
  schema,
  defaults,
  make: addedSign,
});
`,
  },
  inserts: [
    { file: "src/optim/create.ts", text: 'import { addedSignDefinition } from "./rules/added-sign.js";\n' },
    { file: "src/optim/create.ts", after: "  optimisticAdamDefinition,\n", text: "  addedSignDefinition,\n" },
  ],
  listed: ["optimizers", "addedSign"],
  use: ["play", "bilinear", "--steps", "3", "--optimizer", "addedSign", "--set", "optimizer.lr=0.02"],
};
