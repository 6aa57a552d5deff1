type Vector = Float32Array | Float64Array;

/**
 * The lower median: the entry of rank ⌊(n − 1)/2⌋, which is one of the entries also where their number is even. By
 * selection, in linear time on average; what comes out for entries that are NaN is one of the entries.
 *
 * @param scratch at least as long as the vector; overwritten
 *
 * Source: Hoare (1961), algorithm 65, FIND.
 */
export function lowerMedian(vector: Vector, scratch: Vector): number {
  const rank = (vector.length - 1) >> 1;
  scratch.set(vector);
  let low = 0;
  let high = vector.length - 1;
  while (low < high) {
    const pivot = scratch[(low + high) >> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (scratch[i] < pivot) i++;
      while (scratch[j] > pivot) j--;
      if (i > j) break;
      const swapped = scratch[i];
      scratch[i++] = scratch[j];
      scratch[j--] = swapped;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return scratch[rank];
}
