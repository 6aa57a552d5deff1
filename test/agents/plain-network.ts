import { type Layout, viewOf } from "../../src/nn/layout.js";

// Networks of one hidden tanh layer on plain arrays in double precision, one sample at a time.

/** Weights [inputs][outputs] and biases of both layers. */
export type Network = { w1: number[][]; b1: number[]; w2: number[][]; b2: number[] };

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
export const mean = (values: readonly number[]) => sum(values) / values.length;
export const zeros = (like: Network): Network => ({
  w1: like.w1.map((row) => row.map(() => 0)),
  b1: like.b1.map(() => 0),
  w2: like.w2.map((row) => row.map(() => 0)),
  b2: like.b2.map(() => 0),
});

export function forward({ w1, b1, w2, b2 }: Network, x: readonly number[]): { h: number[]; y: number[] } {
  const h = b1.map((bias, j) => Math.tanh(bias + sum(x.map((value, i) => value * w1[i][j]))));
  return { h, y: b2.map((bias, k) => bias + sum(h.map((value, j) => value * w2[j][k]))) };
}

export function backward(
  net: Network,
  x: readonly number[],
  h: readonly number[],
  dy: readonly number[],
  into: Network,
): void {
  dy.forEach((d, k) => {
    into.b2[k] += d;
    h.forEach((value, j) => {
      into.w2[j][k] += value * d;
    });
  });
  h.forEach((value, j) => {
    const dh = (1 - value * value) * sum(dy.map((d, k) => d * net.w2[j][k]));
    into.b1[j] += dh;
    x.forEach((input, i) => {
      into.w1[i][j] += input * dh;
    });
  });
}

export const parametersOf = ({ w1, b1, w2, b2 }: Network): number[][] => [...w1, b1, ...w2, b2];

export function probabilities(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  return powers.map((power) => power / sum(powers));
}

/** All parameters in the order of the project's flat vectors: weights and biases of the layers, row by row. */
export function flattened(net: Network): number[] {
  return [...net.w1.flat(), ...net.b1, ...net.w2.flat(), ...net.b2];
}

/** The network that stands in a flat vector. */
export function networkAt(layout: Layout, vector: Float32Array): Network {
  const [w1, b1, w2, b2] = layout.tensors.map((tensor) => Array.from(viewOf(tensor, vector)));
  const rows = (values: number[], width: number) =>
    Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width));
  return { w1: rows(w1, b1.length), b1, w2: rows(w2, b2.length), b2 };
}
