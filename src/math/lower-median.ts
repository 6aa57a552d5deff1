type Vector = Float32Array | Float64Array;

/**
 * The lower median: the entry of rank ⌊(n − 1)/2⌋, which is one of the entries also where their number is even. By
 * selection, in linear time on average; what comes out for entries that are NaN is one of the entries.
 *
 * @param scratch at least as long as the vector; overwritten
 */
export function lowerMedian(vector: Vector, scratch: Vector): number {
  scratch.set(vector);
  return selectInPlace(scratch, vector.length, (vector.length - 1) >> 1);
}

/**
 * The entry of a rank, 0 the smallest, among the first `length` values, which are reordered.
 *
 * Source: Hoare (1961), algorithm 65, FIND.
 */
export function selectInPlace(values: Vector, length: number, rank: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const swapped = values[i];
      values[i++] = values[j];
      values[j--] = swapped;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return values[rank];
}
