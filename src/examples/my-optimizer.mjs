/**
 * An optimizer of one's own: the sign of a mean gradient.
 *
 *     m ← β m + (1 − β) g,     θ ← θ − η sign(m)
 *
 * A module exports a function from its options to `init` and `update`; `update` returns what is added to the parameters.
 *
 *     ringdown play bilinear --optimizer custom --set optimizer.module=./my-optimizer.mjs --set optimizer.lr=0.01
 */
export default function signOfMean({ lr, beta = 0.9 }) {
  return {
    name: "signOfMean",
    init: (like) => ({ mean: new like.constructor(like.length), step: new like.constructor(like.length) }),
    update(gradients, { mean, step }) {
      for (let i = 0; i < gradients.length; i++) {
        mean[i] = beta * mean[i] + (1 - beta) * gradients[i];
        step[i] = -lr * Math.sign(mean[i]);
      }
      return step;
    },
  };
}
