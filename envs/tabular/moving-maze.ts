import { cellKinds, gridPicture } from "../pictures/grid.js";
import { DOWN, LEFT, moved, RIGHT, UP } from "./grid.js";
import { tabular } from "./tabular.js";

const actions = [UP, RIGHT, DOWN, LEFT];
const ROWS = 6;
const COLUMNS = 9;
const WALL_ROW = 3;
const START = 5 * COLUMNS + 3;
const GOAL = 8;

/**
 * A maze of 6 × 9 cells whose one wall, row 3, has a gap that can move: from (5, 3) through the gap to (0, 8). Actions:
 * 0 up, 1 right, 2 down, 3 left; a move into the wall leads nowhere. −1 a step until the goal.
 *
 * The blocking maze is a drift of `gap` from 8 to 0, the shortcut maze the other way. Whoever stands in the gap when it
 * closes may leave but not come back.
 *
 * Source: the blocking maze of Sutton and Barto (2018), example 8.2.
 */
export const movingMaze = tabular({
  id: "MovingMaze-v0",
  description: "find the gap in a wall, which may move; −1 a step until the goal",
  maxEpisodeSteps: 200,
  states: ROWS * COLUMNS,
  actions: 4,
  starts: Array.from({ length: ROWS * COLUMNS }, (_, s) => (s === START ? 1 : 0)),
  parameters: {
    gap: {
      default: COLUMNS - 1,
      low: 0,
      high: COLUMNS - 1,
      integer: true,
      description: "column of the gap in the wall",
    },
    stepReward: { default: -1, description: "reward of a step" },
    goalReward: { default: -1, description: "reward of the step that reaches the goal" },
  },
  deterministic: true,
  picture: gridPicture(ROWS, COLUMNS, (cell, { gap }) => {
    if (cell === START) return cellKinds.start;
    if (cell === GOAL) return cellKinds.goal;
    return Math.floor(cell / COLUMNS) === WALL_ROW && cell % COLUMNS !== gap ? cellKinds.wall : cellKinds.free;
  }),
  table: ({ gap, stepReward, goalReward }) =>
    Array.from({ length: ROWS * COLUMNS }, (_, s) =>
      actions.map((move) => {
        const cell = moved(s, move, ROWS, COLUMNS);
        const blocked = Math.floor(cell / COLUMNS) === WALL_ROW && cell % COLUMNS !== gap;
        const next = blocked ? s : cell;
        const terminated = next === GOAL;
        return [{ probability: 1, next, reward: terminated ? goalReward : stepReward, terminated }];
      }),
    ),
});
