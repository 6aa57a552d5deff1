/** x to the right, y upwards, in the environment's own unit of length. */
export type Point = readonly [x: number, y: number];

/** What a shape stands for; a renderer has a colour for each. */
export type Role = "ground" | "body" | "part" | "joint" | "goal" | "danger" | "start" | "wall" | "free" | "agent";

/** A shape of a picture. */
export type Shape =
  | { readonly kind: "polygon"; readonly points: readonly Point[]; readonly role: Role }
  /** Through the points with round ends; the width is a length of the scene. */
  | { readonly kind: "line"; readonly points: readonly Point[]; readonly width: number; readonly role: Role }
  | { readonly kind: "circle"; readonly centre: Point; readonly radius: number; readonly role: Role }
  /** One letter or two, in the middle of a place. */
  | { readonly kind: "letters"; readonly centre: Point; readonly height: number; readonly letters: string };

/** An environment at one moment as plain data: the shapes within a rectangle, later ones in front. */
export interface Scene {
  readonly low: Point;
  readonly high: Point;
  readonly shapes: readonly Shape[];
}

/**
 * Draws an environment's state.
 *
 * @param state its variables in the order of `stateNames`
 * @param parameters by name, as they are at this moment
 */
export type Picture = (state: readonly number[], parameters: Readonly<Record<string, number>>) => Scene;

/** A rectangle between two corners. */
export function rectangle([left, bottom]: Point, [right, top]: Point, role: Role): Shape {
  const points: Point[] = [
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ];
  return { kind: "polygon", points, role };
}
