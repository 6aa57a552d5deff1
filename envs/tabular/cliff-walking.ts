import { cellKinds, gridPicture } from "../pictures/grid.js";
import { DOWN, LEFT, moved, probabilities, RIGHT, slip, UP } from "./grid.js";
import { tabular } from "./tabular.js";

/** Each action is a quarter turn clockwise from the one before. */
const actions = [UP, RIGHT, DOWN, LEFT];
const ROWS = 4;
const COLUMNS = 12;
const START = 36;
const GOAL = 47;

/**
 * A walk of 4 × 12 cells from the lower left to the lower right, along a cliff: a step over it costs 100 and leads back
 * to the start, any other step costs 1. Actions: 0 up, 1 right, 2 down, 3 left. Arriving ends the episode; there is no
 * time limit. No move slips by default; the weights of `slip` make it do so.
 *
 * Source: Sutton and Barto (2018), example 6.6; `gymnasium/envs/toy_text/cliffwalking.py`.
 */
export const cliffWalking = tabular({
  id: "CliffWalking-v1",
  description: "walk along a cliff without falling; −1 a step, −100 a fall",
  maxEpisodeSteps: Number.POSITIVE_INFINITY,
  states: ROWS * COLUMNS,
  actions: 4,
  starts: Array.from({ length: ROWS * COLUMNS }, (_, s) => (s === START ? 1 : 0)),
  parameters: {
    ...slip(0),
    stepReward: { default: -1, description: "reward of a step" },
    fallReward: { default: -100, description: "reward of a fall" },
  },
  distributions: { slip: ["clockwise", "straight", "counterclockwise"] },
  deterministic: true,
  numpySeeding: true,
  picture: gridPicture(ROWS, COLUMNS, (cell) => {
    if (cell === START) return cellKinds.start;
    return cell < START ? cellKinds.free : cell === GOAL ? cellKinds.goal : cellKinds.cliff;
  }),
  table({ clockwise, straight, counterclockwise, stepReward, fallReward }) {
    const shares = probabilities([counterclockwise, straight, clockwise]);
    return Array.from({ length: ROWS * COLUMNS }, (_, s) =>
      actions.map((_, action) =>
        shares
          .map((probability, k) => {
            const cell = moved(s, actions[(action + k + 3) % 4], ROWS, COLUMNS);
            const falls = cell > START && cell < GOAL;
            if (falls) return { probability, next: START, reward: fallReward, terminated: false };
            return { probability, next: cell, reward: stepReward, terminated: cell === GOAL };
          })
          .filter(({ probability }) => probability > 0),
      ),
    );
  },
});
