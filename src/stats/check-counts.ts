/** @throws RangeError unless successes and trials are whole numbers with 0 ≤ successes ≤ trials and trials ≥ 1 */
export function checkCounts(successes: number, trials: number): void {
  if (!(Number.isInteger(trials) && trials >= 1)) {
    throw new RangeError(`trials: expected a whole number from 1, found ${trials}`);
  }
  if (!(Number.isInteger(successes) && successes >= 0 && successes <= trials)) {
    throw new RangeError(`successes: expected a whole number from 0 to ${trials}, found ${successes}`);
  }
}
