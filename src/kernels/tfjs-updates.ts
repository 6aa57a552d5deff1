import type { Tensor } from "@tensorflow/tfjs";
import type { AdamCoefficients, RmspropCoefficients } from "./engine.js";
import type { Tf } from "./tfjs-library.js";

// The equations of Engine.rmspropUpdate and Engine.adamUpdate in TensorFlow.js' operations, in float32.

/** v and Δ after a step of RMSprop. */
export function rmsprop(
  tf: Tf,
  { rho, fresh, decay, correction, inside, outside, before, after, shrink }: RmspropCoefficients,
  gradients: Tensor,
  squareAverage: Tensor,
  parameters: Tensor,
) {
  const g = tf.add(gradients, tf.mul(parameters, decay));
  const v = tf.add(tf.mul(squareAverage, rho), tf.mul(tf.square(g), fresh));
  const root = tf.add(tf.sqrt(tf.add(tf.div(v, correction), inside)), outside);
  return {
    squareAverage: v,
    updates: tf.sub(tf.mul(tf.div(tf.mul(g, before), root), -after), tf.mul(parameters, shrink)),
  };
}

/** m, v and Δ after a step of Adam. */
export function adam(
  tf: Tf,
  { beta1, beta2, fresh1, fresh2, decay, stepSize, eps, shrink }: AdamCoefficients,
  gradients: Tensor,
  average: Tensor,
  squareAverage: Tensor,
  parameters: Tensor,
) {
  const g = tf.add(gradients, tf.mul(parameters, decay));
  const m = tf.add(tf.mul(average, beta1), tf.mul(g, fresh1));
  const v = tf.add(tf.mul(squareAverage, beta2), tf.mul(tf.square(g), fresh2));
  const root = tf.add(tf.sqrt(v), eps);
  return {
    average: m,
    squareAverage: v,
    updates: tf.sub(tf.mul(tf.div(m, root), -stepSize), tf.mul(parameters, shrink)),
  };
}
