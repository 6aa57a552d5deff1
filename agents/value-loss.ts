/**
 * The value's loss ½ mean((R − V)²), and the gradient of c_V · loss at the values.
 *
 * @param values V [rows]
 * @param returns R [rows]
 * @param coefficient c_V
 * @param outputGradient [rows], overwritten
 */
export function valueLoss(
  values: ArrayLike<number>,
  returns: Float64Array,
  coefficient: number,
  outputGradient: Float32Array,
): number {
  const rows = returns.length;
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const error = values[row] - returns[row];
    loss += 0.5 * error * error;
    outputGradient[row] = (coefficient * error) / rows;
  }
  return loss / rows;
}
