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
  throw notPlain(value);
}

/** The one text of a piece of data: no blanks, sorted keys, −0 distinct from 0. The base of every run's id. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return Object.is(value, -0) ? "-0" : String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object") {
    const map = value as Readonly<Record<string, unknown>>;
    const entries: string[] = [];
    for (const key of Object.keys(map).sort()) {
      if (map[key] !== undefined) entries.push(`${JSON.stringify(key)}:${canonicalJson(map[key])}`);
    }
    return `{${entries.join(",")}}`;
  }
  throw notPlain(value);
}

const notPlain = (value: unknown) => new TypeError(`a configuration holds plain data, found ${String(value)}`);
