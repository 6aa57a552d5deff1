/**
 * An option's description with its defaults: `ε; default 1e-8` where all flavours agree, else
 * `ε; default: keras 1e-7, others 1e-8`.
 *
 * @param table flavour and its defaults; where none has a default for the option, nothing is added
 */
export function describeDefaults(
  description: string | undefined,
  key: string,
  table: readonly (readonly [flavour: string, defaults: Readonly<Record<string, unknown>>])[],
): string {
  const flavours = new Map<string, string[]>();
  for (const [flavour, defaults] of table) {
    if (!(key in defaults)) continue;
    const value = written(defaults[key]);
    flavours.set(value, [...(flavours.get(value) ?? []), flavour]);
  }
  const groups = [...flavours];
  if (groups.length === 0) return `${description}`;
  if (groups.length === 1) return `${description}; default ${groups[0][0]}`;
  const most = Math.max(...groups.map(([, names]) => names.length));
  const largest = groups.filter(([, names]) => names.length === most);
  const others = most > 1 && largest.length === 1 ? largest[0] : undefined;
  const named = groups.filter((group) => group !== others).map(([value, names]) => `${names.join(", ")} ${value}`);
  return `${description}; default: ${[...named, ...(others === undefined ? [] : [`others ${others[0]}`])].join(", ")}`;
}

/** A value as one writes it in a configuration: 1e-8, 0.001, true, null, torch. */
function written(value: unknown): string {
  return typeof value === "number" && value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : String(value);
}
