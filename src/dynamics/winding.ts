import { atan2 } from "../math/elementary/arctangent.js";

/** The angles by which a path turns around a centre from point to point: Δatan2(y, x) wrapped to (−π, π]. */
export function turnedAngles(x: ArrayLike<number>, y: ArrayLike<number>, centreX = 0, centreY = 0): Float64Array {
  let before = atan2(y[0] - centreY, x[0] - centreX);
  return Float64Array.from({ length: Math.max(0, x.length - 1) }, (_, i) => {
    const now = atan2(y[i + 1] - centreY, x[i + 1] - centreX);
    let change = now - before;
    if (change > Math.PI) change -= 2 * Math.PI;
    else if (change < -Math.PI) change += 2 * Math.PI;
    before = now;
    return change;
  });
}

/**
 * The number of turns of a path around a centre: Σ wrapped Δatan2(y, x) / 2π, counter-clockwise positive. Exact while
 * the path turns by less than half a turn a step.
 */
export function winding(x: ArrayLike<number>, y: ArrayLike<number>, centreX = 0, centreY = 0): number {
  let turned = 0;
  for (const change of turnedAngles(x, y, centreX, centreY)) turned += change;
  return turned / (2 * Math.PI);
}
