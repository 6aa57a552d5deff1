import { squaredDistance } from "./distances.js";

/** How a generator's sample lies among the real one, by balls around the points that reach their k-th neighbour. */
export interface Neighbourhood {
  /** share of the generated points inside some real point's ball */
  readonly precision: number;
  /** share of the real points inside some generated point's ball */
  readonly recall: number;
  /** mean number of real points' balls that a generated point lies in, over k: 1 when both samples are alike */
  readonly density: number;
  /** share of the real points whose ball holds a generated point */
  readonly coverage: number;
}

/**
 * Precision and recall of Kynkäänniemi et al. (2019), density and coverage of Naeem et al. (2020).
 *
 * Precision and recall are easily fooled by outliers, whose balls are large; density and coverage are not, since they
 * use the real points' balls alone. Coverage of two samples alike is 1 − 2⁻ᵏ for large samples.
 *
 * @param real [rows, 2]
 * @param generated [rows, 2]
 * @param k which neighbour a ball reaches, the point itself not counted
 */
export function neighbourhood(real: ArrayLike<number>, generated: ArrayLike<number>, k = 5): Neighbourhood {
  const [rowsReal, rowsGenerated] = [real.length / 2, generated.length / 2];
  if (rowsReal <= k || rowsGenerated <= k) throw new RangeError(`expected more than ${k} points in each sample`);
  const realReach = reaches(real, k);
  const generatedReach = reaches(generated, k);
  const inRealBalls = new Int32Array(rowsGenerated);
  let recalled = 0;
  let covered = 0;
  for (let i = 0; i < rowsReal; i++) {
    let insideGenerated = false;
    let holdsGenerated = false;
    for (let j = 0; j < rowsGenerated; j++) {
      const square = squaredDistance(real, i, generated, j);
      if (square <= realReach[i]) {
        inRealBalls[j]++;
        holdsGenerated = true;
      }
      if (square <= generatedReach[j]) insideGenerated = true;
    }
    if (insideGenerated) recalled++;
    if (holdsGenerated) covered++;
  }
  let inside = 0;
  let balls = 0;
  for (const count of inRealBalls) {
    if (count > 0) inside++;
    balls += count;
  }
  return {
    precision: inside / rowsGenerated,
    recall: recalled / rowsReal,
    density: balls / (k * rowsGenerated),
    coverage: covered / rowsReal,
  };
}

/** The squared distance of each point to its k-th nearest other one. */
function reaches(points: ArrayLike<number>, k: number): Float64Array {
  const rows = points.length / 2;
  const squares = new Float64Array(rows - 1);
  return Float64Array.from({ length: rows }, (_, i) => {
    let count = 0;
    for (let j = 0; j < rows; j++) if (j !== i) squares[count++] = squaredDistance(points, i, points, j);
    return squares.sort()[k - 1];
  });
}
