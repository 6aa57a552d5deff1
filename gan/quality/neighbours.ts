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
 * @param realPoints [rows, 2]
 * @param generatedPoints [rows, 2]
 * @param k which neighbour a ball reaches, the point itself not counted
 */
export function neighbourhood(realPoints: ArrayLike<number>, generatedPoints: ArrayLike<number>, k = 5): Neighbourhood {
  const [real, generated] = [sortedByX(realPoints), sortedByX(generatedPoints)];
  const [rowsReal, rowsGenerated] = [real.length / 2, generated.length / 2];
  if (rowsReal <= k || rowsGenerated <= k) throw new RangeError(`expected more than ${k} points in each sample`);
  const realReach = reaches(real, k);
  const generatedReach = reaches(generated, k);
  const precise = new Uint8Array(rowsGenerated);
  const recalled = new Uint8Array(rowsReal);
  let covered = 0;
  let balls = 0;
  for (let i = 0; i < rowsReal; i++) {
    const held = mark(generated, real[2 * i], real[2 * i + 1], realReach[i], precise);
    balls += held;
    if (held > 0) covered++;
  }
  for (let j = 0; j < rowsGenerated; j++) {
    mark(real, generated[2 * j], generated[2 * j + 1], generatedReach[j], recalled);
  }
  return {
    precision: total(precise) / rowsGenerated,
    recall: total(recalled) / rowsReal,
    density: balls / (k * rowsGenerated),
    coverage: covered / rowsReal,
  };
}

// Points sorted by x let a search for neighbours end where x alone is too far.

function sortedByX(points: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: points.length / 2 }, (_, row) => row).sort(
    (a, b) => points[2 * a] - points[2 * b],
  );
  const sorted = new Float64Array(points.length);
  order.forEach((row, place) => {
    sorted[2 * place] = points[2 * row];
    sorted[2 * place + 1] = points[2 * row + 1];
  });
  return sorted;
}

/** Marks the points that a ball with a squared radius around (x, y) holds; returns how many these are. */
function mark(points: Float64Array, x: number, y: number, reach: number, marks: Uint8Array): number {
  let held = 0;
  const visit = (row: number) => {
    const dx = points[2 * row] - x;
    const dy = points[2 * row + 1] - y;
    if (dx * dx > reach) return false;
    if (dx * dx + dy * dy <= reach) {
      marks[row] = 1;
      held++;
    }
    return true;
  };
  const start = firstFrom(points, x);
  for (let row = start; row < marks.length && visit(row); row++);
  for (let row = start - 1; row >= 0 && visit(row); row--);
  return held;
}

/** The first point whose x is not below a value. */
function firstFrom(points: Float64Array, x: number): number {
  let [low, high] = [0, points.length / 2];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[2 * middle] < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The squared distance of each point to its k-th nearest other one. */
function reaches(points: Float64Array, k: number): Float64Array {
  const rows = points.length / 2;
  /** The k smallest squares so far, in increasing order. */
  const nearest = new Float64Array(k);
  const visit = (from: number, to: number) => {
    const dx = points[2 * to] - points[2 * from];
    const dy = points[2 * to + 1] - points[2 * from + 1];
    if (dx * dx >= nearest[k - 1]) return false;
    const square = dx * dx + dy * dy;
    if (square < nearest[k - 1]) {
      let place = k - 1;
      for (; place > 0 && nearest[place - 1] > square; place--) nearest[place] = nearest[place - 1];
      nearest[place] = square;
    }
    return true;
  };
  return Float64Array.from({ length: rows }, (_, row) => {
    nearest.fill(Number.POSITIVE_INFINITY);
    for (let other = row + 1; other < rows && visit(row, other); other++);
    for (let other = row - 1; other >= 0 && visit(row, other); other--);
    return nearest[k - 1];
  });
}

function total(marks: Uint8Array): number {
  let sum = 0;
  for (const mark of marks) sum += mark;
  return sum;
}
