import type { Addition } from "../addition.js";

export const game: Addition = {
  kind: "game",
  most: 2,
  writes: {
    "gan/games/added-bowl.ts": `import { z } from "zod";
import type { Game } from "../../src/play/game.js";
import { defineGame } from "./definition.js";

/** Two players, each in a bowl of its own: losses x²/2 and y²/2. */
function addedBowl(): Game {
  const players = ["x", "y"].map((name) => ({
    name,
    parameters: Float64Array.of(1),
    gradients: new Float64Array(1),
  }));
  return {
    name: "addedBowl",
    players,
    gradient(player) {
      const { parameters, gradients } = players[player];
      gradients[0] = parameters[0];
      return (parameters[0] * parameters[0]) / 2;
    },
    observables: ["x", "y"],
    observe(out) {
      for (let player = 0; player < 2; player++) out[player] = players[player].parameters[0];
    },
  };
}

export const addedBowlGame = defineGame({
  description: "each player in a bowl of its own",
  schema: z.strictObject({ name: z.literal("addedBowl") }),
  players: ["x", "y"],
  create: addedBowl,
});
`,
  },
  inserts: [
    { file: "gan/games/index.ts", text: 'import { addedBowlGame } from "./added-bowl.js";\n' },
    { file: "gan/games/index.ts", after: "export const smallGames = [", text: "addedBowlGame, " },
  ],
  listed: ["games", "addedBowl"],
  use: ["play", "addedBowl", "--steps", "20"],
};
