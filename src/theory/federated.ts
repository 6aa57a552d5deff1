import { bisect } from "../math/bisect.js";

/** A client of a server: its share w in the mean (all add up to 1), and its gradient's mean and standard deviation. */
export interface Client {
  readonly share: number;
  readonly mean: number;
  readonly deviation: number;
}

/** What a step does in units of the learning rate: its mean along the mean gradient, and its variance. */
export interface Step {
  readonly advance: number;
  readonly variance: number;
}

/**
 * RMSprop on normal gradients of mean μ and variance σ², memory long and ε = 0, over a span that is long against it:
 *
 *     advance = μ/√q,   variance = σ⁴ (σ² + μ²/2)/q³,   q = μ² + σ²
 *
 * the mean and the variance a step of mean(g)/√mean(g²), by the delta method. The variance is less than 1 − μ²/q, since
 * a large gradient also shortens the steps after it.
 */
export function normalisedStep(mean: number, variance: number): Step {
  const square = mean * mean + variance;
  return {
    advance: mean / Math.sqrt(square),
    variance: (variance * variance * (variance + (mean * mean) / 2)) / (square * square * square),
  };
}

/** RMSprop at the server: {@link normalisedStep} of Σ w_k g_k. */
export function serverStep(clients: readonly Client[]): Step {
  const { mean, variance } = meanGradient(clients);
  return normalisedStep(mean, variance);
}

/** RMSprop at each client: Σ w_k of their {@link normalisedStep}, with Σ w_k² of their variances. */
export function clientsStep(clients: readonly Client[]): Step {
  let [advance, variance] = [0, 0];
  for (const { share, mean, deviation } of clients) {
    const one = normalisedStep(mean, deviation * deviation);
    advance += share * one.advance;
    variance += share * share * one.variance;
  }
  return { advance, variance };
}

/** Gradient descent on Σ w_k g_k: advance μ, variance Σ w_k² σ_k². */
export function descentStep(clients: readonly Client[]): Step {
  const { mean, variance } = meanGradient(clients);
  return { advance: mean, variance };
}

function meanGradient(clients: readonly Client[]) {
  return {
    mean: clients.reduce((sum, { share, mean }) => sum + share * mean, 0),
    variance: clients.reduce((sum, { share, deviation }) => sum + share * share * deviation * deviation, 0),
  };
}

/** Steps until the mean way is twice its standard deviation: 4 variance/advance², whatever the learning rate. */
export const stepsToBeSure = ({ advance, variance }: Step) => (4 * variance) / (advance * advance);

/**
 * Where RMSprop at each client comes to rest on losses ½ (θ − c_k)², for small steps and a long memory: the θ at which
 * Σ w_k (θ − c_k)/√((θ − c_k)² + σ_k²) = 0. Without noise a median of the c_k, with much noise a mean weighted by w_k/σ_k;
 * the minimum of Σ w_k f_k is the mean weighted by w_k.
 */
export function clientsRest(clients: readonly { share: number; centre: number; deviation: number }[]): number {
  const centres = clients.map(({ centre }) => centre);
  const pull = (theta: number) =>
    clients.reduce((sum, { share, centre, deviation }) => {
      const distance = theta - centre;
      return sum + (share * distance) / Math.sqrt(distance * distance + deviation * deviation);
    }, 0);
  return bisect((theta) => pull(theta) >= 0, Math.min(...centres) - 1e-9, Math.max(...centres) + 1e-9);
}
