/** Rows of a problem, in the types in which they are stored. */
export function rows(columns: Readonly<Record<string, readonly number[]>>) {
  const [some] = Object.values(columns);
  const all = { step: some.map((_, i) => i + 1), normalisedStep: some.map(() => 1), ...columns };
  const stored = Object.entries(all).map(([name, values]) => [name, Float64Array.from(values)]);
  return { metrics: Object.fromEntries(stored) };
}

export const diverged = { kind: "diverged", step: 7, reason: "" } as const;
