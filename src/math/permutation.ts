/** n!, for n up to 18: beyond that a double cannot hold every whole number below it. */
export function factorial(n: number): number {
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return product;
}

/**
 * The permutation of 0 … n − 1 with this number in lexicographic order, from 0, the identity, to n! − 1, the reversal
 * (Lehmer's code).
 */
export function permutation(n: number, index: number): Int32Array {
  const left = Array.from({ length: n }, (_, i) => i);
  let rest = index;
  return Int32Array.from({ length: n }, (_, i) => {
    const block = factorial(n - 1 - i);
    const digit = Math.floor(rest / block);
    rest -= digit * block;
    return left.splice(digit, 1)[0];
  });
}
