import { log } from "../math/elementary/logarithm.js";

/** A quadratic with noisy gradients, to be descended: L = ½ Σ λ_i θ_i², g = λ θ + σ n. All of it is given, so that a path can be taken again. */
export interface QuadraticTask {
  readonly curvatures: Float64Array;
  readonly deviations: Float64Array;
  readonly start: Float64Array;
  /** n of every step: the first step's, then the second's … */
  readonly noise: Float64Array;
}

/** RMSprop with ε outside the root, and what its path is judged by. */
export interface UnrolledOptions {
  readonly rho: number;
  readonly eps: number;
  readonly lr: number;
  readonly biasCorrection: boolean;
  /** weights of the two parts of the objective */
  readonly speed: number;
  readonly smoothness: number;
}

/** A path's measures, and the exact derivatives of its objective. */
export interface Unrolled {
  /** speed weight · speed + smoothness weight · roughness: the smaller the better */
  readonly objective: number;
  /** mean over the steps of ln L(θ_t)/L(θ₀) */
  readonly speed: number;
  /** mean over steps and parameters of (u_t − u_{t−1})², u the step in units of −η */
  readonly roughness: number;
  /** derivatives of the objective; NaN where they were not asked for */
  readonly byRho: number;
  readonly byEps: number;
  /** parameters after the last step */
  readonly end: Float64Array;
}

/**
 * Runs RMSprop on a task from v₀ = 0 and carries the derivatives by ρ and ε along, in forward mode:
 *
 *     ġ = λ θ̇,   v̇ ← ρ v̇ + 2 (1 − ρ) g ġ + [ρ](v − g²),   u = g/(√v̂ + ε)
 *     u̇ = (ġ − u ((√v̂)˙ + [ε]))/(√v̂ + ε),   θ̇ ← θ̇ − η u̇
 *
 * with [ρ] and [ε] 1 in the derivative by that setting, else 0, and v̂ = v or v/(1 − ρᵗ). Exact up to rounding; time and
 * memory are three times a run's, whatever the number of steps.
 *
 * @param derivatives whether to carry them along
 *
 * Source: Franceschi et al. (2017), forward hypergradients.
 */
export function unrolledRmsprop(task: QuadraticTask, options: UnrolledOptions, derivatives = true): Unrolled {
  const directions = derivatives ? 2 : 0;
  const { curvatures, deviations, noise } = task;
  const { rho, eps, lr, biasCorrection, speed: speedWeight, smoothness } = options;
  const size = curvatures.length;
  const steps = noise.length / size;
  const theta = task.start.slice();
  const vectors = () => [new Float64Array(size), new Float64Array(size)];
  const [v, last] = vectors();
  const [thetaBy, vBy, lastBy] = [vectors(), vectors(), vectors()];
  const lossOf = () => theta.reduce((sum, value, i) => sum + (curvatures[i] * value * value) / 2, 0);
  const first = lossOf();
  const objectiveBy = derivatives ? [0, 0] : [Number.NaN, Number.NaN];
  let [speed, roughness, power] = [0, 0, 1];
  for (let t = 1; t <= steps; t++) {
    // Of ρᵗ: the power and its derivative by ρ.
    const powerBy = t * power;
    power *= rho;
    const correction = biasCorrection ? 1 - power : 1;
    for (let i = 0; i < size; i++) {
      const g = curvatures[i] * theta[i] + deviations[i] * noise[(t - 1) * size + i];
      const before = v[i];
      v[i] = rho * before + (1 - rho) * g * g;
      const root = Math.sqrt(v[i] / correction);
      const u = g / (root + eps);
      const change = t === 1 ? 0 : u - last[i];
      roughness += change * change;
      for (let by = 0; by < directions; by++) {
        const gBy = curvatures[i] * thetaBy[by][i];
        vBy[by][i] = rho * vBy[by][i] + 2 * (1 - rho) * g * gBy + (by === 0 ? before - g * g : 0);
        const correctionBy = by === 0 && biasCorrection ? -powerBy : 0;
        const rootBy = (vBy[by][i] / correction - (v[i] * correctionBy) / (correction * correction)) / (2 * root);
        const uBy = (gBy - u * (rootBy + by)) / (root + eps);
        thetaBy[by][i] -= lr * uBy;
        objectiveBy[by] += (smoothness * 2 * change * (uBy - lastBy[by][i])) / (steps * size);
        lastBy[by][i] = uBy;
      }
      theta[i] -= lr * u;
      last[i] = u;
    }
    const loss = lossOf();
    speed += log(loss / first);
    for (let by = 0; by < directions; by++) {
      let lossBy = 0;
      for (let i = 0; i < size; i++) lossBy += curvatures[i] * theta[i] * thetaBy[by][i];
      objectiveBy[by] += (speedWeight * lossBy) / loss / steps;
    }
  }
  speed /= steps;
  roughness /= steps * size;
  return {
    objective: speedWeight * speed + smoothness * roughness,
    speed,
    roughness,
    byRho: objectiveBy[0],
    byEps: objectiveBy[1],
    end: theta,
  };
}
