import { exp } from "../math/elementary/exponential.js";
import { log } from "../math/elementary/logarithm.js";
import { checkLevel } from "./check-level.js";
import type { Interval } from "./interval.js";
import { studentInterval } from "./student-interval.js";

/**
 * The geometric mean exp(mean of ln x) with Student's interval on the logarithmic scale: of ratios and of times that
 * differ by factors. Exact for lognormal values, whose median it is. With one value the interval is all positive numbers.
 *
 * @throws RangeError without values, for a value that is not positive, and unless the level lies between 0 and 1
 */
export function geometricMeanInterval(values: ArrayLike<number>, level = 0.95): Interval {
  checkLevel(level);
  if (values.length === 0) throw new RangeError("expected at least one value, found none");
  const logarithms = Float64Array.from(values, (value, i) => {
    if (!(value > 0)) throw new RangeError(`value ${i}: expected a positive number, found ${value}`);
    return log(value);
  });
  const { estimate, low, high } = studentInterval(logarithms, level);
  return { estimate: exp(estimate), low: exp(low), high: exp(high) };
}
