import type { Engine } from "../../src/kernels/engine.js";
import { initialise } from "../../src/nn/initialise.js";
import { heNormal, lecunNormal } from "../../src/nn/initialisers.js";
import { type HiddenSpec, Mlp } from "../../src/nn/mlp.js";
import type { Game } from "../../src/play/game.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Streams } from "../../src/rng/streams.js";
import type { Target } from "../targets/target.js";
import { createCritic } from "./critic.js";
import type { PlaneGanOptions } from "./options.js";

/** How many fixed latents the generator's mean is observed on: its motion then shows no sampling noise. */
const probeRows = 64;

/** What a 2D GAN is made of beside its own options: networks and batch. */
export interface PlaneGanSettings {
  readonly network: HiddenSpec;
  /** As the generator's `network` where left out. */
  readonly discriminator?: HiddenSpec;
  readonly batch: number;
}

export interface PlaneGan extends Game {
  readonly target: Target;
  /** Draws samples [rows, 2] from the generator as it is. */
  sample(stream: RandomStream, rows: number): Float32Array;
  /** The discriminator's logits at points [rows, 2], as it is. */
  logits(points: Float32Array, rows: number): Float32Array;
}

/**
 * A small GAN that learns a distribution in the plane.
 *
 *     G: z ~ N(0, I) → R²,   D: R² → R (a logit)
 *
 * The discriminator, the first player, descends its loss and what regularises it (`critic.ts`); the generator descends
 * its own loss on D(G(z)): with the non-saturating losses mean softplus(−D(x)) + mean softplus(D(G(z))), and
 * mean softplus(−D(G(z))).
 *
 * Every gradient takes a fresh batch: real samples from stream `data`, latents from stream `latent`. Weights start as
 * normals with deviation √(2/fan-in), those of the last layers √(1/fan-in), biases at zero, from stream `init`.
 *
 * Batch normalisation takes the averages of each batch by itself, real and fake ones apart, where gradients are taken;
 * where the generator is observed or sampled it takes the running averages of all its batches so far.
 *
 * Observed: the mean of the generator's output over 64 fixed latents (stream `evaluation`), and the standard deviation
 * of the discriminator's logits on its last batch.
 */
export function planeGan(
  options: PlaneGanOptions,
  target: Target,
  engine: Engine,
  streams: Streams,
  { network, discriminator = network, batch }: PlaneGanSettings,
): PlaneGan {
  const critic = createCritic(options, engine, streams, discriminator, batch);
  const mlp = new Mlp(engine, { ...network, inputs: options.latent, outputs: 2 }, Math.max(batch, probeRows));
  const generator = {
    name: "generator",
    parameters: engine.allocate(mlp.size),
    gradients: engine.allocate(mlp.size),
  };
  initialise(mlp, generator.parameters, streams.get("init"), { hidden: heNormal, output: lecunNormal });

  const latents = engine.allocate(batch * options.latent);
  const probe = engine.allocate(probeRows * options.latent);
  engine.fillNormal(streams.get("evaluation"), probe);

  const drawLatents = (stream: RandomStream) => {
    engine.fillNormal(stream, latents);
    return latents;
  };

  return {
    name: options.name,
    players: [critic, generator],
    engine,
    gradient(which) {
      const fake = mlp.forward(generator.parameters, drawLatents(streams.get("latent")), batch);
      if (which === 0) {
        target.sample(streams.get("data"), critic.points, batch);
        critic.points.set(fake, 2 * batch);
        return critic.gradient();
      }
      if (critic.generatorSeesReal) target.sample(streams.get("data"), critic.points, batch);
      const { loss, gradient } = critic.generatorLoss(fake);
      mlp.backward(generator.parameters, gradient, generator.gradients);
      return loss;
    },
    constrain(which) {
      if (which === 0) critic.constrain();
    },
    observables: ["meanX", "meanY", "logitSpread"],
    observe(out) {
      const output = mlp.evaluate(generator.parameters, probe, probeRows);
      let [x, y] = [0, 0];
      for (let row = 0; row < probeRows; row++) {
        x += output[2 * row];
        y += output[2 * row + 1];
      }
      out[0] = x / probeRows;
      out[1] = y / probeRows;
      out[2] = critic.logitSpread;
    },
    target,
    sample(stream, rows) {
      const samples = new Float32Array(2 * rows);
      for (let done = 0; done < rows; done += batch) {
        const fake = mlp.evaluate(generator.parameters, drawLatents(stream), batch);
        const wanted = Math.min(batch, rows - done);
        samples.set(fake.subarray(0, 2 * wanted), 2 * done);
      }
      return samples;
    },
    logits: critic.logits,
  };
}
