import { cosine, sine } from "../math/elementary/trigonometry.js";

/**
 * The mean step, in units of η, where a learning rate η (1 + cos ωt) meets a gradient 1 + cos(ωt + φ), over whole
 * periods of P steps, ω = 2π/P. SGD:
 *
 *     1 + ½ cos φ        (P > 2)
 */
export function sgdAdvance(phase: number): number {
  return 1 + cosine(phase) / 2;
}

/**
 * The same for RMSprop (ε = 0) once v is periodic. With g² = 3/2 + 2 cos(ωt + φ) + ½ cos 2(ωt + φ) every wave passes the
 * decaying average by itself, H(ω) = (1 − ρ)/(1 − ρ e^{−iω}):
 *
 *     v_t = 3/2 + 2 Re H(ω) e^{i(ωt+φ)} + ½ Re H(2ω) e^{2i(ωt+φ)},   advance = mean of (1 + cos ωt) g_t/√v_t
 *
 * For P ≪ 1/(1 − ρ) it is SGD's divided by √(3/2); for P ≫ 1/(1 − ρ) √v is |g_t| and the phase is lost: 1.
 *
 * @param phase φ in radians
 * @param period P in steps, a whole number above 2
 */
export function rmspropAdvance(rho: number, phase: number, period: number): number {
  const omega = (2 * Math.PI) / period;
  let sum = 0;
  for (let t = 0; t < period; t++) {
    const angle = omega * t + phase;
    const v = 1.5 + 2 * filteredCosine(rho, omega, angle) + filteredCosine(rho, 2 * omega, 2 * angle) / 2;
    sum += ((1 + cosine(omega * t)) * (1 + cosine(angle))) / Math.sqrt(v);
  }
  return sum / period;
}

/** Re (1 − ρ)/(1 − ρ e^{−iω}) e^{iα}: a cosine of angle α after a decaying average. */
function filteredCosine(rho: number, omega: number, angle: number): number {
  const [real, imaginary] = [1 - rho * cosine(omega), rho * sine(omega)];
  const square = real * real + imaginary * imaginary;
  return ((1 - rho) * (real * cosine(angle) + imaginary * sine(angle))) / square;
}
