const longest = 80;

/**
 * A value as an error message shows it: as in JSON, but typed arrays as lists, NaN, ±∞ and undefined by their names,
 * functions by their source; cut off after 80 characters.
 */
export function show(value: unknown): string {
  const text = written(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written)}]`;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return `[${value}]`;
  return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
}
