/**
 * A number as the shortest text that gives it back to the last bit, as JavaScript, Python and DuckDB read it: `0.1`,
 * `-0`, `NaN`, `Infinity`. A float32 is written as the float64 that it equals.
 */
export function exactText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
