/** @throws RangeError unless a confidence level lies strictly between 0 and 1 */
export function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`level: expected a number between 0 and 1, found ${level}`);
}
