/** A number for readers: `digits` significant digits, a typographic minus, an em dash where there is none. */
export function number(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "—";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e6 || size < 1e-4 ? scientific(value, digits) : fixed(value, digits);
  return text.replace("-", "−");
}

function fixed(value: number, digits: number): string {
  const text = Number(value.toPrecision(digits)).toString();
  return Math.abs(value) >= 10_000 ? text.replace(/\B(?=(\d{3})+$)/g, "\u2009") : text;
}

function scientific(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits - 1).split("e");
  const power = [...String(Number(exponent))].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]));
  return `${mantissa}·10${power.join("")}`;
}

/** `3 seeds`, `1 seed`. */
export const seedsText = (seeds: number) => `${seeds} ${seeds === 1 ? "seed" : "seeds"}`;

/** `a`, `a and b`, `a, b and c`; `none` of nothing. */
export function listText(items: readonly string[]): string {
  if (items.length === 0) return "none";
  return items.length === 1 ? items[0] : `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}`;
}

/** `0.1`, or `0.1 to 0.3` where the values differ as written. */
export function rangeText(values: readonly number[], digits = 2): string {
  const [low, high] = [number(Math.min(...values), digits), number(Math.max(...values), digits)];
  return low === high ? low : `${low} to ${high}`;
}
