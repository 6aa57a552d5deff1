import type { Activation, DenseShape } from "../../src/kernels/engine.js";

/** What an exact engine would give, and how far strict float32 arithmetic in any order may stray from it. */
export interface Exact {
  readonly value: Float64Array;
  readonly bound: Float64Array;
}

/** Unit roundoff of float32. */
const u = 2 ** -24;

/** The error bound of tanh that kernels.c states. */
const tanhError = 4e-7;

/** The relative error of a sum of n products, each operation rounded (Higham, 2002, γₙ). */
const gamma = (n: number) => (n * u) / (1 - n * u);

/** [rows, columns] sums of `depth` products plus an offset; a(i, k) · b(k, j). */
function product(
  [rows, depth, columns]: readonly [number, number, number],
  a: (i: number, k: number) => number,
  b: (k: number, j: number) => number,
  offset: (j: number) => number = () => 0,
): Exact {
  const value = new Float64Array(rows * columns);
  const bound = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = offset(j);
      let magnitude = Math.abs(sum);
      for (let k = 0; k < depth; k++) {
        const term = a(i, k) * b(k, j);
        sum += term;
        magnitude += Math.abs(term);
      }
      value[i * columns + j] = sum;
      bound[i * columns + j] = gamma(depth + 2) * magnitude;
    }
  }
  return { value, bound };
}

export function activate(activation: Activation, slope: number, x: number): number {
  if (activation === "tanh") return Math.tanh(x);
  if (activation === "relu") return x > 0 ? x : 0;
  if (activation === "leakyRelu") return x > 0 ? x : slope * x;
  return x;
}

/** The activation's derivative, from its output. */
export function derivative(activation: Activation, slope: number, h: number): number {
  if (activation === "tanh") return 1 - h * h;
  if (activation === "relu") return h > 0 ? 1 : 0;
  if (activation === "leakyRelu") return h > 0 ? 1 : slope;
  return 1;
}

/** Every activation has a slope of at most 1 in the tests, so that errors before it do not grow. */
export function activated({ activation, slope }: DenseShape, before: Exact): Exact {
  const value = before.value.map((x) => activate(activation, slope, x));
  const bound = before.bound.map((b, i) => b + 2 * u * Math.abs(value[i]) + (activation === "tanh" ? tanhError : 0));
  return { value, bound };
}

/** gradient ⊙ activation′(h). */
export function derived({ activation, slope }: DenseShape, h: ArrayLike<number>, gradient: Exact): Exact {
  const value = gradient.value.map((g, i) => g * derivative(activation, slope, h[i]));
  const bound = gradient.bound.map((b, i) => {
    const scale = activation === "tanh" ? 1 + h[i] * h[i] : 1;
    return scale * (b + 4 * u * Math.abs(gradient.value[i]));
  });
  return { value, bound };
}

type Numbers = ArrayLike<number>;

export function preActivation({ rows, inputs, outputs }: DenseShape, input: Numbers, weights: Numbers, bias: Numbers) {
  return product(
    [rows, inputs, outputs],
    (i, k) => input[i * inputs + k],
    (k, j) => weights[k * outputs + j],
    (j) => bias[j],
  );
}

export function weightGradient({ rows, inputs, outputs }: DenseShape, input: Numbers, gradient: Numbers): Exact {
  return product(
    [inputs, rows, outputs],
    (i, k) => input[k * inputs + i],
    (k, j) => gradient[k * outputs + j],
  );
}

export function biasGradient({ rows, outputs }: DenseShape, gradient: Numbers): Exact {
  return product(
    [1, rows, outputs],
    () => 1,
    (k, j) => gradient[k * outputs + j],
  );
}

export function inputGradient({ rows, inputs, outputs }: DenseShape, gradient: Numbers, weights: Numbers): Exact {
  return product(
    [rows, outputs, inputs],
    (i, k) => gradient[i * outputs + k],
    (k, j) => weights[j * outputs + k],
  );
}

/** The first index where `actual` strays from the exact value by more than its bound, in words; or undefined. */
export function stray(actual: Float32Array, { value, bound }: Exact): string | undefined {
  for (let i = 0; i < value.length; i++) {
    if (!(Math.abs(actual[i] - value[i]) <= bound[i]))
      return `[${i}]: ${actual[i]} instead of ${value[i]} ± ${bound[i]}`;
  }
  return undefined;
}
