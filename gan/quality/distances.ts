import { exp } from "../../src/math/elementary/exponential.js";
import { log } from "../../src/math/elementary/logarithm.js";
import { cosine, sine } from "../../src/math/elementary/trigonometry.js";
import type { RandomStream } from "../../src/rng/random-stream.js";

// Samples are flat [rows, 2] arrays of points in the plane.

/**
 * The squared maximum mean discrepancy between two samples, unbiased, with the Gaussian kernel
 * k(a, b) = exp(−|a − b|²/(2 h²)):
 *
 *     MMD² = mean_{i≠j} k(xᵢ, xⱼ) + mean_{i≠j} k(yᵢ, yⱼ) − 2 mean k(xᵢ, yⱼ)
 *
 * Zero on average when both come from the same distribution, and then also negative.
 *
 * Source: Gretton et al. (2012), lemma 6.
 *
 * @param bandwidth h, in data units
 */
export function squaredMmd(x: ArrayLike<number>, y: ArrayLike<number>, bandwidth: number): number {
  const [a, b] = [Float64Array.from(x), Float64Array.from(y)];
  const within = (points: Float64Array) => {
    const rows = points.length / 2;
    return (2 * kernelSum(points, points, bandwidth, true)) / (rows * (rows - 1));
  };
  const between = kernelSum(a, b, bandwidth, false);
  return within(a) + within(b) - (2 * between) / ((a.length / 2) * (b.length / 2));
}

/** ln 2⁵⁴: a term of less than sum/2⁵⁴ is below half of the sum's last bit, and adding it changes nothing. */
const negligible = 54 * Math.LN2;

/**
 * Σ k(aᵢ, bⱼ), over j < i only where `below`. Terms that rounding would lose anyhow are not computed: between separate
 * modes those are most.
 */
function kernelSum(a: Float64Array, b: Float64Array, bandwidth: number, below: boolean): number {
  const unit = 2 * bandwidth * bandwidth;
  let sum = 0;
  for (let i = 0; i < a.length / 2; i++) {
    const end = below ? i : b.length / 2;
    // The sum only grows, so that what is negligible now stays it; the 1 leaves room for the logarithm's own rounding.
    const far = (negligible + 1 - log(sum)) * unit;
    for (let j = 0; j < end; j++) {
      const square = squaredDistance(a, i, b, j);
      if (!(square > far)) sum += exp(-square / unit);
    }
  }
  return sum;
}

export function squaredDistance(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number): number {
  const dx = a[2 * i] - b[2 * j];
  const dy = a[2 * i + 1] - b[2 * j + 1];
  return dx * dx + dy * dy;
}

/**
 * The median distance between two different points of a sample, the usual bandwidth where nothing else sets a scale
 * (Gretton et al. 2012, section 8). Of an even number of distances, the upper one in the middle.
 */
export function medianDistance(points: ArrayLike<number>): number {
  const rows = points.length / 2;
  const squares = new Float64Array((rows * (rows - 1)) / 2);
  let count = 0;
  for (let i = 0; i < rows; i++) for (let j = 0; j < i; j++) squares[count++] = squaredDistance(points, i, points, j);
  return Math.sqrt(squares.sort()[Math.floor(count / 2)]);
}

/**
 * The sliced 2-Wasserstein distance between two samples of equal size: the root of the mean, over directions, of the
 * squared Wasserstein distance of the projections, which is the mean squared difference of the sorted values.
 *
 * Directions are evenly spaced from a random first one, so that few of them cover the half circle.
 *
 * Source: Rabin et al. (2011).
 *
 * @throws RangeError when the samples differ in size
 */
export function slicedWasserstein(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  stream: RandomStream,
  directions = 32,
): number {
  if (x.length !== y.length) throw new RangeError(`expected samples of equal size, found ${x.length} and ${y.length}`);
  const offset = stream.uniform(0, Math.PI);
  let total = 0;
  for (let k = 0; k < directions; k++) {
    const angle = offset + (Math.PI * k) / directions;
    const [a, b] = [project(x, angle), project(y, angle)];
    let sum = 0;
    for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
    total += sum / a.length;
  }
  return Math.sqrt(total / directions);
}

/** The sorted coordinates along a direction. */
function project(points: ArrayLike<number>, angle: number): Float64Array {
  const [cos, sin] = [cosine(angle), sine(angle)];
  const along = new Float64Array(points.length / 2);
  for (let i = 0; i < along.length; i++) along[i] = cos * points[2 * i] + sin * points[2 * i + 1];
  return along.sort();
}
