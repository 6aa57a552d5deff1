/** Plain data as JSON can hold it: a number that JSON has no word for is a map of its one name, `{"number": "-0"}`. */
export type ExactJson = null | boolean | number | string | readonly ExactJson[] | { readonly [key: string]: ExactJson };

const words: Readonly<Record<string, number>> = {
  "-0": -0,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "-Infinity": Number.NEGATIVE_INFINITY,
};

/** Plain data in a form that survives `JSON.stringify` with −0, NaN and ±∞; {@link fromExactJson} gives it back. */
export function toExactJson(data: unknown): ExactJson {
  if (typeof data === "number") {
    const word = Object.keys(words).find((name) => Object.is(words[name], data));
    return word === undefined ? data : { number: word };
  }
  if (Array.isArray(data)) return data.map(toExactJson);
  if (typeof data === "object" && data !== null) {
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, toExactJson(value)]));
  }
  return data as ExactJson;
}

export function fromExactJson(json: ExactJson): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(fromExactJson);
  const entries = Object.entries(json);
  const [[key, word]] = entries.length === 1 ? entries : [["", ""]];
  if (key === "number" && typeof word === "string") return words[word];
  return Object.fromEntries(entries.map(([name, value]) => [name, fromExactJson(value)]));
}
