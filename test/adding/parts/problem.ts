import type { Addition } from "../addition.js";

export const problem: Addition = {
  kind: "problem",
  most: 2,
  writes: {
    "src/problems/added-parabola.ts": `import { z } from "zod";
import type { Game } from "../play/game.js";
import { defineProblem } from "./definition.js";

/** L = θ²/2 from θ = 1. */
function addedParabola(): Game {
  const player = { name: "theta", parameters: Float64Array.of(1), gradients: new Float64Array(1) };
  return {
    name: "addedParabola",
    players: [player],
    gradient() {
      player.gradients[0] = player.parameters[0];
      return (player.parameters[0] * player.parameters[0]) / 2;
    },
    observables: ["theta"],
    observe(out) {
      out[0] = player.parameters[0];
    },
  };
}

export const addedParabolaProblem = defineProblem({
  description: "a parabola",
  schema: z.strictObject({ name: z.literal("addedParabola") }),
  create: addedParabola,
});
`,
  },
  inserts: [
    { file: "src/problems/index.ts", text: 'import { addedParabolaProblem } from "./added-parabola.js";\n' },
    { file: "src/problems/index.ts", after: "export const problems = [", text: "addedParabolaProblem, " },
  ],
  use: ["run", "added-parabola.yaml", "--out", "out"],
  files: {
    "added-parabola.yaml": `name: added
experiments:
  parabola:
    task: problem
    config: { problem: { name: addedParabola }, optimizer: { name: sgd, lr: 0.1 }, steps: 20 }
    seeds: [1]
`,
  },
};
