import { type Picture, type Role, rectangle, type Shape } from "./scene.js";

/** What a cell of a grid is: its colour, and letters that say so to those who do not tell colours apart. */
export interface CellKind {
  readonly role: Role;
  readonly letters?: string;
}

export const cellKinds = {
  free: { role: "free" },
  start: { role: "start", letters: "S" },
  goal: { role: "goal", letters: "G" },
  hole: { role: "danger", letters: "H" },
  cliff: { role: "danger", letters: "C" },
  wall: { role: "wall" },
} as const satisfies Record<string, CellKind>;

/** Half a cell's side less than half the line between two cells. */
const half = 0.47;

/**
 * The picture of a grid whose state is row · columns + column: its cells, the first row on top, and the walker.
 *
 * @param kindOf what a cell is under the parameters
 */
export function gridPicture(
  rows: number,
  columns: number,
  kindOf: (cell: number, parameters: Readonly<Record<string, number>>) => CellKind,
): Picture {
  const centreOf = (cell: number) => [(cell % columns) + 0.5, rows - 0.5 - Math.floor(cell / columns)] as const;
  const draw = (cell: number, { role, letters }: CellKind): Shape[] => {
    const [x, y] = centreOf(cell);
    return [
      rectangle([x - half, y - half], [x + half, y + half], role),
      ...(letters === undefined ? [] : [{ kind: "letters" as const, centre: [x, y] as const, height: 0.4, letters }]),
    ];
  };
  return ([state], parameters) => ({
    low: [0, 0],
    high: [columns, rows],
    shapes: [
      ...Array.from({ length: rows * columns }, (_, cell) => draw(cell, kindOf(cell, parameters))).flat(),
      { kind: "circle", centre: centreOf(state), radius: 0.32, role: "agent" },
    ],
  });
}
