import type { Box } from "../../envs/spaces/index.js";
import { InputError } from "../../src/config/input-error.js";
import { exp } from "../../src/math/elementary/exponential.js";
import { tanh } from "../../src/math/elementary/hyperbolic.js";
import { log, log1p } from "../../src/math/elementary/logarithm.js";
import { gaussHermite } from "../../src/math/gauss-hermite.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import { Gaussian, intoBox } from "./gaussian.js";
import type { Policy } from "./policy.js";

/** E f(Z) of a standard normal, by as many points as give the entropy to 10⁻⁴ for deviations up to 2. */
const { nodes, weights: nodeWeights } = gaussHermite(32);

/**
 * A {@link Gaussian} u squashed into the box: the environment gets a = c + h tanh u, c its middle and h half its width.
 * Actions are kept as u, which loses nothing near the walls.
 *
 *     log π(a) = log N(u; μ, σ²) − Σ log(h (1 − tanh² u))
 *     H = H(N) + Σ E log(h (1 − tanh² u)),   u = μ + σ Z
 *     ∂ log π/∂(μ, ω) as the Gaussian's: the second sum is a constant for a given u
 *     ∂H/∂μ = − 2 E tanh u,     ∂H/∂ω = 1 − 2 E(σ Z tanh u)
 *
 * The expectations have no closed form; they are sums over Gauss-Hermite nodes, one entry of the action at a time.
 *
 * Source: Haarnoja et al. (2018), appendix C.
 */
export class SquashedGaussian implements Policy {
  readonly outputs: number;
  readonly parameters: number;
  readonly width: number;
  readonly logProbabilities: Float64Array;
  readonly entropies: Float64Array;

  readonly #gaussian: Gaussian;
  readonly #middle: Float64Array;
  readonly #half: Float64Array;
  readonly #low: Float32Array;
  readonly #high: Float32Array;
  #means: Float32Array = new Float32Array(0);
  #own: Float32Array = new Float32Array(0);
  #rows = 0;

  /**
   * @param maxRows most rows of a batch
   * @param initialDeviation σ of u to begin with
   * @throws InputError where a bound of the box is infinite
   */
  constructor(box: Box, maxRows: number, initialDeviation = 1) {
    const { low, high } = box;
    if (![...low, ...high].every(Number.isFinite)) {
      throw new InputError(`squashed actions: expected a bounded box, found ${box}`);
    }
    this.#gaussian = new Gaussian(box, maxRows, initialDeviation);
    this.outputs = this.#gaussian.outputs;
    this.parameters = this.#gaussian.parameters;
    this.width = this.#gaussian.width;
    this.logProbabilities = this.#gaussian.logProbabilities;
    this.entropies = this.#gaussian.entropies;
    this.#low = low;
    this.#high = high;
    this.#middle = Float64Array.from(low, (bound, k) => (bound + high[k]) / 2);
    this.#half = Float64Array.from(low, (bound, k) => (high[k] - bound) / 2);
  }

  initialise(own: Float32Array): void {
    this.#gaussian.initialise(own);
  }

  sample(means: Float32Array, own: Float32Array, stream: RandomStream, actions: Float32Array): void {
    this.#gaussian.sample(means, own, stream, actions);
  }

  mode(means: Float32Array, own: Float32Array, actions: Float32Array): void {
    this.#gaussian.mode(means, own, actions);
  }

  execute(actions: Float32Array, executed: Float32Array): void {
    for (let i = 0; i < actions.length; i++) {
      const k = i % this.width;
      const value = this.#middle[k] + this.#half[k] * tanh(actions[i]);
      // Rounding may carry a value past a bound of the box.
      executed[i] = intoBox(value, this.#low[k], this.#high[k]);
    }
  }

  evaluate(means: Float32Array, own: Float32Array, actions: Float32Array): void {
    this.#gaussian.evaluate(means, own, actions);
    this.#means = means;
    this.#own = own;
    const d = this.width;
    this.#rows = actions.length / d;
    for (let k = 0; k < d; k++) {
      const deviation = exp(own[k]);
      const logHalf = log(this.#half[k]);
      for (let row = 0; row < this.#rows; row++) {
        const i = row * d + k;
        this.logProbabilities[row] -= logHalf + logSlope(actions[i]);
        let expected = 0;
        for (let q = 0; q < nodes.length; q++) expected += nodeWeights[q] * logSlope(means[i] + deviation * nodes[q]);
        this.entropies[row] += logHalf + expected;
      }
    }
  }

  gradient(
    weights: Float64Array,
    entropyCoefficient: number,
    outputGradient: Float32Array,
    ownGradient: Float32Array,
  ): void {
    this.#gaussian.gradient(weights, entropyCoefficient, outputGradient, ownGradient);
    if (entropyCoefficient === 0) return;
    const d = this.width;
    const rows = this.#rows;
    for (let k = 0; k < d; k++) {
      const deviation = exp(this.#own[k]);
      let sum = 0;
      for (let row = 0; row < rows; row++) {
        const i = row * d + k;
        let expected = 0;
        for (let q = 0; q < nodes.length; q++) {
          const slope = nodeWeights[q] * tanh(this.#means[i] + deviation * nodes[q]);
          expected += slope;
          sum += slope * deviation * nodes[q];
        }
        outputGradient[i] += (2 * entropyCoefficient * expected) / rows;
      }
      ownGradient[k] += (2 * entropyCoefficient * sum) / rows;
    }
  }
}

/** log(1 − tanh² u) = 2 (log 2 − |u| − log(1 + exp(−2 |u|))), which does not underflow. */
function logSlope(u: number): number {
  const size = Math.abs(u);
  return 2 * (Math.LN2 - size - log1p(exp(-2 * size)));
}
