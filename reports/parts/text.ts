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
  const power = [...String(Number(exponent))].map((c) => (c === "-" ? "⁻" : superscripts[Number(c)]));
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

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** The number with which a cell begins, as reports write it: `−1.5`, `12 000`, `3·10⁻⁵`, `≥ 40`, `∞`. */
export function numberOf(text: string): number {
  const plain = text
    .replace(/[−–]/g, "-")
    .replace(/[\u2009\u202f\u00a0]/g, "")
    .replace(/^[≥≤<>~≈\s]+/, "");
  if (/^-?∞/.test(plain)) return plain.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?:·10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+))?/i.exec(plain);
  if (found === null) return Number.NaN;
  const [, mantissa, minus = "", power = ""] = found;
  const digits = [...power].map((digit) => superscripts.indexOf(digit)).join("");
  return Number(`${mantissa}e${minus === "" ? "" : "-"}${digits === "" ? 0 : digits}`);
}
