/**
 * The double at which a condition begins to hold, by halving [low, high] until its ends are neighbours in double
 * precision: at most about 1100 halvings, in practice 60. `high` where the condition holds nowhere below it.
 *
 * @param holds false at and above `low` up to some point, true from there to `high`
 */
export function bisect(holds: (x: number) => boolean, low: number, high: number): number {
  let [below, above] = [low, high];
  for (let middle = midpoint(below, above); middle > below && middle < above; middle = midpoint(below, above)) {
    if (holds(middle)) above = middle;
    else below = middle;
  }
  return above;
}

const midpoint = (low: number, high: number): number => low + (high - low) / 2;
