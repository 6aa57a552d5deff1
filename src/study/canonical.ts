/** Plain data: what JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The same data with the keys of every map sorted (by UTF-16 code units) and absent values left out, so that equal
 * data have equal text whatever the order in which they were written.
 *
 * @throws TypeError on what JSON cannot hold: a number that is not finite, a function
 */
export function sorted(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === "object") {
    const keys = Object.keys(value).filter((key) => (value as Record<string, unknown>)[key] !== undefined);
    return Object.fromEntries(keys.sort().map((key) => [key, sorted((value as Record<string, unknown>)[key])]));
  }
  throw new TypeError(`a configuration holds plain data, found ${String(value)}`);
}

/** The one text of a piece of data: no blanks, sorted keys, −0 distinct from 0. The base of every run's id. */
export function canonicalJson(value: unknown): string {
  return text(sorted(value));
}

function text(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(text).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    // Integer-like keys come first in every object, whatever the order of insertion: sort the entries once more.
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${text(entry)}`).join(",")}}`;
  }
  return Object.is(value, -0) ? "-0" : JSON.stringify(value);
}
