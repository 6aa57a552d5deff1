/** A table in Markdown; columns whose cells all start like a number stand to the right. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const numeric = header.map(
    (_, column) => rows.length > 0 && rows.every((row) => /^[−≥≤]?\d|^[—∞]/.test(row[column])),
  );
  return [
    `| ${header.join(" | ")} |`,
    `|${numeric.map((right) => (right ? "---:" : "---")).join("|")}|`,
    ...rows.map((row) => `| ${row.join(" | ")} |`),
  ].join("\n");
}

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
