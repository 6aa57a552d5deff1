/**
 * Every command of a program in a configuration, a study file or any part of one, as it is written, to be asked about
 * before it is planned: planning starts the programs. Values of a grid and changes of a quick study count too.
 *
 * @param input plain data, unchecked
 */
export function commandsIn(input: unknown): string[][] {
  if (typeof input !== "object" || input === null) return [];
  return Object.entries(input).flatMap(([key, value]) =>
    /(^|\.)command(\.|$)/.test(key) ? textsIn(value) : commandsIn(value),
  );
}

/** The lists of texts in a value, and texts by themselves. */
function textsIn(value: unknown): string[][] {
  if (typeof value === "string") return [[value]];
  if (typeof value !== "object" || value === null) return [];
  const parts = Object.values(value);
  return parts.length > 0 && parts.every((part) => typeof part === "string") ? [parts] : parts.flatMap(textsIn);
}
