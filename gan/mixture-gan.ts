import type { Engine } from "../src/kernels/engine.js";
import { GradientPenalty } from "../src/nn/gradient-penalty.js";
import { heNormal, lecunNormal } from "../src/nn/initialisers.js";
import { initialise, Mlp } from "../src/nn/mlp.js";
import type { NetworkOptions } from "../src/nn/spec.js";
import type { RandomStream } from "../src/rng/random-stream.js";
import type { Streams } from "../src/rng/streams.js";
import type { Game } from "./game.js";
import { discriminatorLoss, generatorLoss } from "./losses.js";
import type { MixtureOptions } from "./mixture-options.js";
import type { Target } from "./target.js";

/** How many fixed latents the generator's mean is observed on: its motion then shows no sampling noise. */
const probeRows = 64;

export interface MixtureSettings {
  readonly network: NetworkOptions;
  /** As the generator's `network` where left out. */
  readonly discriminator?: NetworkOptions;
  readonly batch: number;
}

export interface MixtureGan extends Game {
  readonly target: Target;
  /** Draws samples [rows, 2] from the generator as it is. */
  sample(stream: RandomStream, rows: number): Float32Array;
}

/**
 * A small GAN that learns a distribution in the plane.
 *
 *     G: z ~ N(0, I) → R²,   D: R² → R (a logit)
 *     D descends mean softplus(−D(x)) + mean softplus(D(G(z))) + γ/2 mean |∇ₓ D(x)|²      (R1, where γ > 0)
 *     G descends mean softplus(−D(G(z)))                        (non-saturating)
 *
 * Every gradient takes a fresh batch: real samples from stream `data`, latents from stream `latent`. The discriminator
 * is the first player. Weights start as normals with deviation √(2/fan-in), those of the last layers √(1/fan-in),
 * biases at zero, from stream `init`.
 *
 * Observed: the mean of the generator's output over 64 fixed latents (stream `evaluation`).
 */
export function mixtureGan(
  options: Pick<MixtureOptions, "name" | "latent" | "r1">,
  target: Target,
  engine: Engine,
  streams: Streams,
  { network, discriminator: critic = network, batch }: MixtureSettings,
): MixtureGan {
  const generator = new Mlp(engine, { ...network, inputs: options.latent, outputs: 2 }, Math.max(batch, probeRows));
  const criticSpec = { ...critic, inputs: 2, outputs: 1 };
  const discriminator = new Mlp(engine, criticSpec, 2 * batch);
  const penalty = options.r1 > 0 ? new GradientPenalty(engine, discriminator, criticSpec, batch) : null;
  const player = (name: string, mlp: Mlp) => {
    const parameters = engine.allocate(mlp.size);
    initialise(mlp, parameters, streams.get("init"), { hidden: heNormal, output: lecunNormal });
    return { name, parameters, gradients: engine.allocate(mlp.size) };
  };
  const d = player("discriminator", discriminator);
  const g = player("generator", generator);

  const latents = engine.allocate(batch * options.latent);
  const points = engine.allocate(2 * batch * 2);
  const fakePoints = points.subarray(2 * batch);
  const probe = engine.allocate(probeRows * options.latent);
  streams.get("evaluation").fillNormal(probe);

  const drawFake = (stream: RandomStream) => {
    stream.fillNormal(latents);
    return generator.forward(g.parameters, latents, batch);
  };

  return {
    name: options.name,
    players: [d, g],
    gradient(which) {
      const fake = drawFake(streams.get("latent"));
      if (which === 0) {
        target.sample(streams.get("data"), points, batch);
        fakePoints.set(fake);
        const logits = discriminator.forward(d.parameters, points, 2 * batch);
        const loss = discriminatorLoss(logits, batch, discriminator.outputGradient);
        discriminator.backward(d.parameters, discriminator.outputGradient, d.gradients);
        // The real samples are the first rows.
        return loss + (penalty?.add(d.parameters, options.r1 / batch, batch, d.gradients) ?? 0);
      }
      const logits = discriminator.forward(d.parameters, fake, batch);
      const loss = generatorLoss(logits, batch, discriminator.outputGradient);
      const fakeGradient = discriminator.backward(d.parameters, discriminator.outputGradient, null, true);
      generator.backward(g.parameters, fakeGradient as Float32Array, g.gradients);
      return loss;
    },
    observables: ["meanX", "meanY"],
    observe(out) {
      const output = generator.forward(g.parameters, probe, probeRows);
      let [x, y] = [0, 0];
      for (let row = 0; row < probeRows; row++) {
        x += output[2 * row];
        y += output[2 * row + 1];
      }
      out[0] = x / probeRows;
      out[1] = y / probeRows;
    },
    target,
    sample(stream, rows) {
      const samples = new Float32Array(2 * rows);
      for (let done = 0; done < rows; done += batch) {
        const fake = drawFake(stream);
        const wanted = Math.min(batch, rows - done);
        samples.set(fake.subarray(0, 2 * wanted), 2 * done);
      }
      return samples;
    },
  };
}
