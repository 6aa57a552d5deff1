import { closest, distance } from "fastest-levenshtein";

/**
 * The valid name nearest to a mistyped one by Levenshtein distance, or undefined when none is near
 * (more than half of the name would have to change).
 */
export function nearest(name: string, valid: readonly string[]): string | undefined {
  if (valid.length === 0) return undefined;
  const candidate = closest(name.toLowerCase(), valid as string[]);
  return distance(name.toLowerCase(), candidate.toLowerCase()) <= Math.max(name.length, candidate.length) / 2
    ? candidate
    : undefined;
}

/** The end of an error message about a wrong name: `; did you mean "adam"? Valid: adam, rmsprop, sgd`. */
export function suggest(name: string, valid: readonly string[]): string {
  const near = nearest(name, valid);
  return `${near === undefined ? "" : `; did you mean "${near}"?`}${near === undefined ? ";" : ""} valid: ${valid.join(", ")}`;
}
