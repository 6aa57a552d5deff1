import type { EnvSpec } from "../dynamics.js";
import { type CellKind, cellKinds, gridPicture } from "../pictures/grid.js";
import { DOWN, LEFT, moved, probabilities, RIGHT, slip, UP } from "./grid.js";
import type { TransitionTable } from "./table.js";
import { tabular } from "./tabular.js";

/** Each action is a quarter turn counterclockwise from the one before. */
const actions = [LEFT, DOWN, RIGHT, UP];

const sideways = (1 - 1 / 3) / 2;
const parameters = {
  ...slip(sideways),
  // Not 1 − 2·sideways, which differs in the last bit.
  straight: { default: 1 / 3, low: 0, description: "weight of the move that was meant" },
  goalReward: { default: 1, description: "reward of reaching the goal" },
  holeReward: { default: 0, description: "reward of falling into a hole" },
  stepReward: { default: 0, description: "reward of any other step" },
} as const;
type Values = Readonly<Record<keyof typeof parameters, number>>;

/**
 * A walk over ice from S to G around the holes H; a move may slip to either side. Actions: 0 left, 1 down, 2 right,
 * 3 up. The state is row · columns + column. Falling and arriving end the episode.
 *
 * The ice is a distribution, `slip`, of the three weights: a third each by default. Without slipping:
 * `parameters: { straight: 1, clockwise: 0, counterclockwise: 0 }`.
 *
 * Source: `gymnasium/envs/toy_text/frozen_lake.py`.
 */
function frozenLake(id: string, map: readonly string[], maxEpisodeSteps: number): EnvSpec {
  const rows = map.length;
  const columns = map[0].length;
  const cells = map.join("");
  return tabular({
    id,
    description: `cross ${rows} × ${columns} cells of ice around the holes; 1 for the goal`,
    maxEpisodeSteps,
    states: cells.length,
    actions: 4,
    starts: Array.from(cells, (cell) => (cell === "S" ? 1 : 0)),
    parameters,
    distributions: { slip: ["clockwise", "straight", "counterclockwise"] },
    numpySeeding: true,
    picture: gridPicture(rows, columns, (cell) => kinds[cells[cell]]),
    table: (values) => iceTable(cells, rows, columns, values),
  });
}

const kinds: Readonly<Record<string, CellKind>> = {
  S: cellKinds.start,
  F: cellKinds.free,
  H: cellKinds.hole,
  G: cellKinds.goal,
};

function iceTable(cells: string, rows: number, columns: number, values: Values): TransitionTable {
  const shares = probabilities([values.clockwise, values.straight, values.counterclockwise]);
  const rewards: Record<string, number> = { G: values.goalReward, H: values.holeReward };
  return Array.from(cells, (cell, s) =>
    actions.map((_, action) => {
      if (cell === "G" || cell === "H") return [{ probability: 1, next: s, reward: 0, terminated: true }];
      const outcomes = shares.map((probability, k) => {
        const next = moved(s, actions[(action + k + 3) % 4], rows, columns);
        const end = cells[next] === "G" || cells[next] === "H";
        return { probability, next, reward: rewards[cells[next]] ?? values.stepReward, terminated: end };
      });
      return outcomes.filter(({ probability }) => probability > 0);
    }),
  );
}

export const frozenLake4x4 = frozenLake("FrozenLake-v1", ["SFFF", "FHFH", "FFFH", "HFFG"], 100);

export const frozenLake8x8 = frozenLake(
  "FrozenLake8x8-v1",
  ["SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG"],
  200,
);
