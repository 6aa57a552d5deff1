import type { RandomStream } from "../rng/random-stream.js";
import type { Tfjs } from "./tfjs.js";

type Matrix = ReturnType<Tfjs["tensor2d"]>;

/** A multilayer perceptron on TensorFlow.js: its layers' operations, its variables. */
export function tfjsNetwork(tf: Tfjs, stream: RandomStream, widths: readonly number[], activation: "relu" | "tanh") {
  const layers = widths.slice(1).map((units, i) => {
    const weights = new Float32Array(widths[i] * units);
    stream.fillNormal(weights, 0, Math.sqrt(2 / widths[i]));
    return { weights: tf.variable(tf.tensor2d(weights, [widths[i], units])), bias: tf.variable(tf.zeros([units])) };
  });
  return {
    variables: layers.flatMap(({ weights, bias }) => [weights, bias]),
    forward: (input: Matrix) =>
      layers.reduce((below, { weights, bias }, i) => {
        const sum = tf.add(tf.matMul(below, weights), bias);
        return (i < layers.length - 1 ? tf[activation](sum) : sum) as Matrix;
      }, input),
  };
}
