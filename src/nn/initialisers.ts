import { Matrix, QrDecomposition } from "ml-matrix";
import type { RandomStream } from "../rng/random-stream.js";

/** Fills a weight matrix [inputs, outputs], row-major, from a random stream. */
export type Initialiser = (weights: Float32Array, inputs: number, outputs: number, stream: RandomStream) => void;

/** Normal with standard deviation √(2/inputs), for relu. Source: He et al. (2015); "Kaiming normal". */
export const heNormal: Initialiser = (weights, inputs, _outputs, stream) => {
  stream.fillNormal(weights, 0, Math.sqrt(2 / inputs));
};

/** Normal with standard deviation √(1/inputs), which keeps the variance of a linear layer. Source: LeCun et al. (1998). */
export const lecunNormal: Initialiser = (weights, inputs, _outputs, stream) => {
  stream.fillNormal(weights, 0, Math.sqrt(1 / inputs));
};

/** Uniform on ±√(6/(inputs + outputs)). Source: Glorot and Bengio (2010); "Xavier uniform", Keras's default. */
export const glorotUniform: Initialiser = (weights, inputs, outputs, stream) => {
  const bound = Math.sqrt(6 / (inputs + outputs));
  stream.fillUniform(weights, -bound, bound);
};

/** All weights zero: the layer's output starts at its bias. */
export const zero: Initialiser = (weights) => {
  weights.fill(0);
};

/**
 * A random matrix whose shorter side is orthonormal, times a gain (√2 before relu or tanh and 0.01 before a policy's
 * logits are usual): Q of the QR decomposition of a normal matrix, its columns' signs those of R's diagonal, so that
 * it is uniform over the orthogonal matrices.
 *
 * Source: Saxe, McClelland and Ganguli (2014); `torch.nn.init.orthogonal_`.
 */
export function orthogonal(gain = 1): Initialiser {
  return (weights, inputs, outputs, stream) => {
    if (weights.length === 0) return;
    const tall = Math.max(inputs, outputs);
    const short = Math.min(inputs, outputs);
    const normal = new Matrix(tall, short);
    for (let i = 0; i < tall; i++) for (let j = 0; j < short; j++) normal.set(i, j, stream.normal());
    const { orthogonalMatrix: q, upperTriangularMatrix: r } = new QrDecomposition(normal);
    for (let i = 0; i < tall; i++) {
      for (let j = 0; j < short; j++) {
        const value = gain * (r.get(j, j) < 0 ? -q.get(i, j) : q.get(i, j));
        weights[inputs >= outputs ? i * outputs + j : j * outputs + i] = value;
      }
    }
  };
}
