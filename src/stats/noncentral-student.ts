import { exp } from "../math/elementary/exponential.js";
import { log } from "../math/elementary/logarithm.js";
import { incompleteBeta } from "../math/incomplete-beta.js";
import { logGamma } from "../math/log-gamma.js";
import { normalDistribution } from "../math/normal.js";

/**
 * P(T ≤ t) of the noncentral t distribution, T = (Z + δ)/√(χ²_ν/ν). For t ≥ 0, with x = t²/(ν + t²) and λ = δ²/2,
 *
 *     Φ(−δ) + ½ Σⱼ e^−λ [λʲ/j! · I_x(j + ½, ν/2) + sign(δ) λ^(j+½)/Γ(j + 3/2) · I_x(j + 1, ν/2)];
 *
 * for t < 0 it is 1 − P(T ≤ −t) at −δ. Absolute error about 1e-12.
 *
 * Source: Lenth (1989), algorithm AS 243; its weights are taken from logarithms here, so that none underflows.
 *
 * @param degrees degrees of freedom ν, any positive number
 * @param noncentrality δ
 */
export function noncentralStudentDistribution(t: number, degrees: number, noncentrality: number): number {
  if (t < 0) return 1 - noncentralStudentDistribution(-t, degrees, -noncentrality);
  const lambda = (noncentrality * noncentrality) / 2;
  const logLambda = log(lambda);
  const x = (t * t) / (degrees + t * t);
  // At δ = 0 the first term alone has a weight, and λ⁰ = 1 has to be said.
  const weight = (power: number) =>
    power === 0 ? exp(-lambda) : exp(power * logLambda - lambda - logGamma(power + 1));
  // The weights are Poisson's with mean λ: beyond 10 deviations and a few more none counts.
  const last = Math.ceil(lambda + 10 * Math.sqrt(lambda) + 20);
  let sum = 0;
  for (let j = 0; j <= last; j++) {
    sum += weight(j) * incompleteBeta(x, j + 0.5, degrees / 2);
    sum += Math.sign(noncentrality) * weight(j + 0.5) * incompleteBeta(x, j + 1, degrees / 2);
  }
  return normalDistribution(-noncentrality) + sum / 2;
}
