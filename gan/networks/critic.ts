import type { Engine } from "../../src/kernels/engine.js";
import { GradientPenalty } from "../../src/nn/gradient-penalty.js";
import { initialise } from "../../src/nn/initialise.js";
import { heNormal, lecunNormal } from "../../src/nn/initialisers.js";
import { type HiddenSpec, Mlp } from "../../src/nn/mlp.js";
import { SpectralNormalization } from "../../src/nn/spectral-normalization.js";
import type { Player } from "../../src/play/game.js";
import type { Streams } from "../../src/rng/streams.js";
import { standardDeviation } from "../../src/stats/standard-deviation.js";
import { batchLosses } from "../losses/batch-losses.js";
import { logitLosses } from "../losses/logit-losses.js";
import { relativisticLosses } from "../losses/relativistic.js";
import type { CriticOptions } from "./options.js";
import { type FakesLoss, unrolledLoss } from "./unrolled.js";

/** The discriminator of a 2D GAN with its loss and whatever regularises it. */
export interface Critic extends Player {
  readonly parameters: Float32Array;
  readonly gradients: Float32Array;
  /** The points that {@link gradient} takes: [2 batch, 2], first the real ones, then the fake. */
  readonly points: Float32Array;
  /** Writes the gradient of its own loss on `points` into `gradients`; returns the loss. Noise is added to `points`. */
  gradient(): number;
  /** The standard deviation of the logits, real and fake together, of the last {@link gradient}; NaN before it. */
  readonly logitSpread: number;
  /** Whether {@link generatorLoss} also looks at the real points, the first [batch, 2] of `points`. */
  readonly generatorSeesReal: boolean;
  /** The generator's loss on fakes [batch, 2], and its gradient at them, valid until the next call. */
  generatorLoss(fakes: Float32Array): FakesLoss;
  /** The logits at any points [rows, 2], as they are: without noise, each by itself. Overwrites `points`. */
  logits(at: Float32Array, rows: number): Float32Array;
  /** Called after every move: brings the weights back to where they may be. */
  constrain(): void;
}

/**
 * A network D: R² → R that descends
 *
 *     mean ℓ(−D(x)) + mean ℓ(D(G(z))) + γ₁/2 mean |∇D(x)|² + γ₂/2 mean |∇D(G(z))|² + γ/2 mean (|∇D(x̂)| − g₀)²
 *
 * with ℓ the loss on a fake logit (`logit-losses.ts`) or, in place of the first two terms, the relativistic loss on pairs
 * (`relativistic.ts`), γ₁ `r1`, γ₂ `r2`, and γ, g₀ those of `gradientPenalty` at points
 * x̂ = u x + (1 − u) G(z), u uniform on [0, 1) (stream `noise/mixing`). Instance noise N(0, σ²) is added to every
 * coordinate of real and fake points before D sees them, in the generator's loss too (stream `noise`); the penalties
 * are then taken at the noisy points. The noise falls to
 * 0 over `instanceNoiseSteps` of the discriminator's moves, where that is given. With spectral normalisation D runs on normalised weights, the penalties
 * included; one power iteration goes before each of the discriminator's own gradients. With `weightClip` c all
 * parameters are brought back to [−c, c] after each of its moves. `unrolled` is the generator's: its loss is that on D
 * some steps ahead (`unrolled.ts`).
 *
 * Sources: R1 and R2 Mescheder et al. (2018); gradient penalty Gulrajani et al. (2017), whose λ (|∇D| − 1)² is γ = 2λ;
 * instance noise Sønderby et al. (2017); weight clipping Arjovsky et al. (2017).
 */
export function createCritic(
  {
    loss,
    r1,
    r2,
    gradientPenalty,
    instanceNoise,
    instanceNoiseSteps = Number.POSITIVE_INFINITY,
    weightClip,
    spectralNormalization,
    unrolled,
  }: CriticOptions,
  engine: Engine,
  streams: Streams,
  network: HiddenSpec,
  batch: number,
): Critic {
  const spec = { ...network, inputs: 2, outputs: 1 };
  const mlp = new Mlp(engine, spec, 2 * batch);
  const parameters = engine.allocate(mlp.size);
  const gradients = engine.allocate(mlp.size);
  initialise(mlp, parameters, streams.get("init"), { hidden: heNormal, output: lecunNormal });
  const losses =
    loss === "relativistic" ? relativisticLosses(engine, batch) : batchLosses(logitLosses[loss], engine, batch);
  const foreseen =
    unrolled === undefined || loss === "relativistic"
      ? null
      : unrolledLoss(unrolled, engine, spec, batch, losses, logitLosses[loss]);
  const points = engine.allocate(2 * batch * 2);
  const noisyFakes = engine.allocate(batch * 2);
  const spectral = spectralNormalization
    ? new SpectralNormalization(engine, mlp.layout, parameters, streams.get("init/spectral"))
    : null;
  const penalty =
    r1 > 0 || r2 > 0 || gradientPenalty !== undefined ? new GradientPenalty(engine, mlp, spec, 2 * batch) : null;
  // Rows that nothing penalises are left out where they are the last ones.
  const zeroCentred = new Float64Array(r2 > 0 ? 2 * batch : r1 > 0 ? batch : 0).fill(r1 / batch, 0, batch);
  zeroCentred.fill(r2 / batch, batch);
  const targeted = new Float64Array(gradientPenalty === undefined ? 0 : batch).fill(
    (gradientPenalty?.gamma ?? 0) / batch,
  );
  const mixed = engine.allocate(targeted.length * 2);

  let logitSpread = Number.NaN;
  let moves = 0;

  const addNoise = (to: Float32Array) => {
    if (instanceNoise === 0 || moves >= instanceNoiseSteps) return;
    const noise = streams.get("noise");
    const deviation = instanceNoise * (1 - moves / instanceNoiseSteps);
    for (let i = 0; i < to.length; i++) to[i] += deviation * noise.normal();
  };
  const mix = () => {
    const stream = streams.get("noise/mixing");
    for (let row = 0; row < batch; row++) {
      const weight = stream.uniform();
      for (const i of [2 * row, 2 * row + 1]) mixed[i] = weight * points[i] + (1 - weight) * points[2 * batch + i];
    }
  };

  return {
    name: "discriminator",
    parameters,
    gradients,
    points,
    generatorSeesReal: losses.generatorSeesReal || foreseen !== null,
    get logitSpread() {
      return logitSpread;
    },
    gradient() {
      addNoise(points);
      spectral?.iterate(parameters);
      const weights = spectral?.apply(parameters) ?? parameters;
      // Real and fake samples are batches of their own: the fakes of the generator's step are normalised alike.
      const logits = mlp.forward(weights, points, 2 * batch, 2);
      logitSpread = standardDeviation(logits);
      let total = losses.discriminator(logits, mlp.outputGradient);
      mlp.backward(weights, mlp.outputGradient, gradients);
      if (penalty !== null) {
        if (zeroCentred.length > 0) total += penalty.add(weights, zeroCentred, gradients);
        if (gradientPenalty !== undefined) {
          mix();
          mlp.forward(weights, mixed, batch);
          total += penalty.add(weights, targeted, gradients, gradientPenalty.target);
        }
      }
      spectral?.pullBack(gradients);
      return total;
    },
    generatorLoss(fakes) {
      const weights = spectral?.apply(parameters) ?? parameters;
      if (losses.generatorSeesReal || foreseen !== null) {
        points.set(fakes, 2 * batch);
        addNoise(points);
        if (foreseen !== null) return foreseen(parameters, points);
        const logits = mlp.forward(weights, points, 2 * batch, 2);
        const loss = losses.generator(logits, mlp.outputGradient);
        const gradient = mlp.backward(weights, mlp.outputGradient, null, true) as Float32Array;
        return { loss, gradient: gradient.subarray(2 * batch, 4 * batch) };
      }
      noisyFakes.set(fakes);
      addNoise(noisyFakes);
      const logits = mlp.forward(weights, noisyFakes, batch);
      const found = losses.generator(logits, mlp.outputGradient);
      return { loss: found, gradient: mlp.backward(weights, mlp.outputGradient, null, true) as Float32Array };
    },
    logits(at, rows) {
      const weights = spectral?.apply(parameters) ?? parameters;
      const logits = new Float32Array(rows);
      for (let done = 0; done < rows; done += 2 * batch) {
        const wanted = Math.min(2 * batch, rows - done);
        points.set(at.subarray(2 * done, 2 * (done + wanted)));
        logits.set(mlp.evaluate(weights, points, wanted), done);
      }
      return logits;
    },
    constrain() {
      moves++;
      if (weightClip === undefined) return;
      for (let i = 0; i < parameters.length; i++) {
        parameters[i] = Math.max(-weightClip, Math.min(weightClip, parameters[i]));
      }
    },
  };
}
