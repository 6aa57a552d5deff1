import { createTarget, planeGan, planeGanOptions, play } from "../../gan/index.js";
import { createEngine } from "../kernels/create.js";
import { createOptimizer } from "../optim/index.js";
import { Streams } from "../rng/streams.js";
import type { Subject } from "./measure.js";
import type { Backend, Tfjs } from "./tfjs.js";
import { tfjsNetwork } from "./tfjs-network.js";

/** One training step of the ring GAN: G 2-h-h-2 against D 2-h-h-1, ReLU, RMSprop, batches of 256. */
export interface GanStep {
  readonly hidden: number;
  readonly batch: number;
}

const latent = 2;
const options = planeGanOptions({ name: "ring", latent });
const optimizer = { name: "rmsprop", lr: 0.001, rho: 0.99 } as const;

/**
 * Multiplications and additions of the matrix products: the discriminator forward and backward on 2 batches without
 * its input's gradient, the generator forward twice and backward once, the discriminator forward and back to its input
 * on one batch.
 */
export function operations({ hidden: h, batch }: GanStep): number {
  const d = 2 * h + h * h + h;
  const g = latent * h + h * h + 2 * h;
  const discriminatorStep = 2 * batch * (3 * d - 2 * h) + batch * g;
  const generatorStep = batch * (2 * d + g + (2 * g - latent * h));
  return 2 * (discriminatorStep + generatorStep);
}

const nameOf = ({ hidden }: GanStep) => `GAN step, hidden ${hidden}`;

/** The step as the testbed trains it, drawing its batches included. */
export function ganStep(step: GanStep, engineName: string): Subject {
  const network = { hidden: [step.hidden, step.hidden], activation: "relu", slope: 0.2 } as const;
  const engine = createEngine(engineName);
  const game = planeGan(options, createTarget(options), engine, new Streams(1), {
    network: { ...network, hidden: [...network.hidden] },
    batch: step.batch,
  });
  const rule = createOptimizer(optimizer, engine);
  const { step: run } = play(game, "alternating", [rule, rule]);
  return { name: nameOf(step), engine: engineName, operations: operations(step), run };
}

/** The same step on TensorFlow.js: its layers' operations, its automatic differentiation, its RMSprop. */
export function tfjsGanStep({ tf, activate, engine }: Backend, step: GanStep): Subject {
  const { hidden, batch } = step;
  const streams = new Streams(1);
  const target = createTarget(options);
  const real = new Float32Array(2 * batch);
  const z = new Float32Array(latent * batch);

  const network = (widths: readonly number[]) => tfjsNetwork(tf, streams.get("init"), widths, "relu");
  const generator = network([latent, hidden, hidden, 2]);
  const discriminator = network([2, hidden, hidden, 1]);
  const [ruleD, ruleG] = [tf.train.rmsprop(optimizer.lr, optimizer.rho), tf.train.rmsprop(optimizer.lr, optimizer.rho)];

  // softplus(x) = max(x, 0) + ln(1 + e^−|x|), from operations that every backend has.
  const softplus = (x: ReturnType<Tfjs["tensor2d"]>) =>
    tf.add(tf.relu(x), tf.log(tf.add(tf.exp(tf.neg(tf.abs(x))), 1)));
  const draw = () => {
    streams.get("latent").fillNormal(z);
    return generator.forward(tf.tensor2d(z, [batch, latent]));
  };
  const run = () => {
    tf.tidy(() => {
      target.sample(streams.get("data"), real, batch);
      const fake = draw();
      const points = tf.concat([tf.tensor2d(real, [batch, 2]), fake], 0) as typeof fake;
      ruleD.minimize(
        () => {
          const [onReal, onFake] = tf.split(discriminator.forward(points), 2, 0);
          return tf.add(tf.mean(softplus(tf.neg(onReal) as typeof fake)), tf.mean(softplus(onFake as typeof fake)));
        },
        false,
        discriminator.variables,
      );
      ruleG.minimize(
        () => tf.mean(softplus(tf.neg(discriminator.forward(draw())) as typeof fake)),
        false,
        generator.variables,
      );
    });
    // Reading a parameter waits for whatever the backend still has to do.
    generator.variables[0].dataSync();
  };
  return { name: nameOf(step), engine, operations: operations(step), prepare: activate, run };
}
