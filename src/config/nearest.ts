import { closest, distance } from "fastest-levenshtein";

/**
 * The valid name nearest to a mistyped one, capitals aside: the first that begins with it, from three letters on, else
 * the nearest by Levenshtein distance; undefined when none is near (more than half of the name would have to change).
 */
export function nearest(name: string, valid: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  const begun = wanted.length >= 3 ? valid.find((candidate) => candidate.toLowerCase().startsWith(wanted)) : undefined;
  if (begun !== undefined) return begun;
  const lower = valid.map((candidate) => candidate.toLowerCase());
  if (lower.length === 0) return undefined;
  const candidate = closest(wanted, lower);
  if (distance(wanted, candidate) > Math.max(wanted.length, candidate.length) / 2) return undefined;
  return valid[lower.indexOf(candidate)];
}

/** `; did you mean "adam"?`; empty where no valid name is near. */
export function didYouMean(name: string, valid: readonly string[]): string {
  const near = nearest(name, valid);
  return near === undefined ? "" : `; did you mean "${near}"?`;
}

/** `valid: adam, rmsprop, sgd` */
export function validNames(valid: readonly string[]): string {
  return `valid: ${valid.join(", ")}`;
}

/** The end of an error message about a wrong name: `; did you mean "adam"? valid: adam, rmsprop, sgd`. */
export function suggest(name: string, valid: readonly string[]): string {
  return `${didYouMean(name, valid) || ";"} ${validNames(valid)}`;
}
