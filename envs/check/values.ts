import type { Box, Discrete, Space } from "../spaces/index.js";

/** The message of the error that an act throws; undefined when it throws nothing. */
export function problemOfAct(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A copy as plain arrays and numbers, which nothing else can change. */
export function frozen(value: unknown): unknown {
  if (ArrayBuffer.isView(value) && Symbol.iterator in value) return Array.from(value as Float64Array);
  return Array.isArray(value) ? value.map(frozen) : value;
}

/** Whether two results of {@link frozen} are the same, bit for bit. */
export function equal(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return Object.is(a, b);
  return a.length === b.length && a.every((value, i) => equal(value, b[i]));
}

/** Actions that are in no environment's action space of this kind. */
export function wrongActions(space: Space): unknown[] {
  if (space.kind === "discrete") {
    const { n, start } = space as Discrete;
    return [start - 1, start + n, start + 0.5, Number.NaN, undefined, "0"];
  }
  const wrong: unknown[] = [new Array(space.width).fill(Number.NaN), new Array(space.width + 1).fill(0), undefined];
  if (space.kind !== "box") return [...wrong, new Array(space.width).fill(0.5)];
  const { high } = space as Box;
  return Number.isFinite(high[0]) ? [...wrong, Array.from(high, (bound) => bound + 1)] : wrong;
}
