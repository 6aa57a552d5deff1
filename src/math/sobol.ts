/** Direction numbers of the dimensions from the second on: a primitive polynomial's inner coefficients, and m₁ … m_s. */
const directions: readonly { readonly coefficients: number; readonly initial: readonly number[] }[] = [
  { coefficients: 0, initial: [1] },
  { coefficients: 1, initial: [1, 3] },
  { coefficients: 1, initial: [1, 3, 1] },
  { coefficients: 2, initial: [1, 1, 1] },
  { coefficients: 1, initial: [1, 1, 3, 3] },
  { coefficients: 4, initial: [1, 3, 5, 13] },
  { coefficients: 2, initial: [1, 1, 5, 5, 17] },
];

/** The most dimensions that there are direction numbers for here. */
export const mostSobolDimensions = directions.length + 1;

const bits = 32;

/**
 * The first points of Sobol's low-discrepancy sequence in [0, 1)^d, in Gray code's order (Antonov and Saleev), the
 * origin first: of any 2^k points that follow each other from a multiple of 2^k on, each coordinate has one in every
 * interval of length 2^−k.
 *
 * Direction numbers: S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections",
 * SIAM J. Sci. Comput. 30 (2008), file new-joe-kuo-6.
 *
 * @param count at most 2³²
 * @param dimensions from 1 to {@link mostSobolDimensions}
 * @throws RangeError for another number of dimensions
 */
export function sobol(count: number, dimensions: number): number[][] {
  if (!(Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= mostSobolDimensions)) {
    throw new RangeError(`expected 1 to ${mostSobolDimensions} dimensions, found ${dimensions}`);
  }
  const steps = Array.from({ length: dimensions }, (_, dimension) => directionNumbers(dimension));
  const point = new Uint32Array(dimensions);
  return Array.from({ length: count }, (_, index) => {
    // From a point to the next, one bit of Gray's code changes: that of the lowest zero of the point's index.
    if (index > 0) for (let k = 0; k < dimensions; k++) point[k] ^= steps[k][trailingOnes(index - 1)];
    return Array.from(point, (fraction) => fraction / 4294967296);
  });
}

/** v₁ … v₃₂ as 32-bit fractions: v_j = m_j / 2^j. */
function directionNumbers(dimension: number): Uint32Array {
  const numbers = new Uint32Array(bits);
  if (dimension === 0) return numbers.map((_, j) => 1 << (bits - 1 - j));
  const { coefficients, initial } = directions[dimension - 1];
  const degree = initial.length;
  for (let j = 0; j < bits; j++) {
    if (j < degree) {
      numbers[j] = initial[j] << (bits - 1 - j);
      continue;
    }
    numbers[j] = numbers[j - degree] ^ (numbers[j - degree] >>> degree);
    for (let k = 1; k < degree; k++) {
      if ((coefficients >>> (degree - 1 - k)) & 1) numbers[j] ^= numbers[j - k];
    }
  }
  return numbers;
}

function trailingOnes(integer: number): number {
  return 31 - Math.clz32(~integer & (integer + 1));
}
