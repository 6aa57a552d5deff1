/**
 * The number of turns of a path around a centre: Σ wrapped Δatan2(y, x) / 2π, counter-clockwise positive. Exact while
 * the path turns by less than half a turn a step.
 */
export function winding(x: ArrayLike<number>, y: ArrayLike<number>, centreX = 0, centreY = 0): number {
  let turned = 0;
  let before = Math.atan2(y[0] - centreY, x[0] - centreX);
  for (let i = 1; i < x.length; i++) {
    const now = Math.atan2(y[i] - centreY, x[i] - centreX);
    let change = now - before;
    if (change > Math.PI) change -= 2 * Math.PI;
    else if (change < -Math.PI) change += 2 * Math.PI;
    turned += change;
    before = now;
  }
  return turned / (2 * Math.PI);
}
