/** A number as JSON can hold it: null in place of NaN, ±∞ and a number that is missing. */
export function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
