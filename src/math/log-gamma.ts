import { log } from "./elementary/logarithm.js";
import { sine } from "./elementary/trigonometry.js";

const coefficients = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/**
 * ln Γ(x) for x > 0, relative error about 1e-14.
 *
 * Source: Lanczos (1964), with Godfrey's coefficients for g = 7, n = 9.
 */
export function logGamma(x: number): number {
  if (x < 0.5) return log(Math.PI / sine(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let sum = coefficients[0];
  for (let i = 1; i < coefficients.length; i++) sum += coefficients[i] / (z + i);
  const t = z + 7.5;
  return 0.5 * log(2 * Math.PI) + (z + 0.5) * log(t) - t + log(sum);
}
