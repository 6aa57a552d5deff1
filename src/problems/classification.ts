import { z } from "zod";
import { createEngine } from "../kernels/create.js";
import { sigmoid, softplus } from "../math/logistic.js";
import { initialise } from "../nn/initialise.js";
import { glorotUniform, heNormal } from "../nn/initialisers.js";
import { layersOf } from "../nn/layers.js";
import { viewOf } from "../nn/layout.js";
import { Mlp } from "../nn/mlp.js";
import { networkSchema } from "../nn/spec.js";
import type { Game } from "../play/game.js";
import type { Streams } from "../rng/streams.js";
import { defineProblem } from "./definition.js";
import { twoClasses, twoClassesSchema } from "./two-classes.js";

const classificationSchema = z.strictObject({
  name: z.literal("classification"),
  data: twoClassesSchema.prefault({ name: "moons" }).describe("the two classes of points in the plane (default moons)"),
  network: networkSchema
    .prefault({ hidden: [16, 16] })
    .describe("hidden layers of the classifier (default 16-16 tanh)"),
  batch: z.int().positive().default(32).describe("points per gradient"),
  initialScale: z
    .number()
    .positive()
    .default(1)
    .describe("a factor on the initial weights: the smaller it is, the nearer they are to the saddle at zero"),
  adversarial: z
    .strictObject({
      at: z.array(z.int().positive()).min(1).describe("the steps whose batches are adversarial, from 1"),
      stretch: z.number().positive().default(10).describe("a factor on the points of such a batch"),
    })
    .optional()
    .describe("batches with far points and wrong labels; default: none"),
});
export type ClassificationOptions = z.output<typeof classificationSchema>;

/**
 * A small network that learns to tell two classes from batches of points, none of which it sees twice:
 *
 *     L = 1/B Σ_b softplus(−c_b f(x_b)),   c_b = ±1
 *
 * with f the network's logit. Weights are drawn as suits the activation (Glorot's, He's for relu and leakyRelu) from
 * stream `init`, points from stream `data`. In an adversarial batch every label is wrong and every point lies `stretch`
 * times as far from the origin, so that the gradient is a spike; what the batch shows is drawn as in any other.
 *
 * Observed: `loss` and `accuracy` of the step's batch before the step. As every batch is new and unknown to the network,
 * these are unbiased estimates of the loss and accuracy on all points; with batch normalisation, on batches of them.
 */
export function classification(options: ClassificationOptions, streams: Streams, engineName: string): Game {
  const { network, batch, initialScale, adversarial } = options;
  const engine = createEngine(engineName);
  const mlp = new Mlp(engine, { ...network, inputs: 2, outputs: 1 }, batch);
  const player = { name: "network", parameters: engine.allocate(mlp.size), gradients: engine.allocate(mlp.size) };
  const { parameters, gradients } = player;
  const hidden = network.activation === "relu" || network.activation === "leakyRelu" ? heNormal : glorotUniform;
  initialise(mlp, parameters, streams.get("init"), { hidden, output: glorotUniform });
  if (initialScale !== 1) scaleWeights(mlp, parameters, initialScale);

  const draw = twoClasses(options.data);
  const stream = streams.get("data");
  const points = engine.allocate(2 * batch);
  const labels = new Float64Array(batch);
  let [step, loss, accuracy] = [1, Number.NaN, Number.NaN];
  return {
    name: "classification",
    players: [player],
    engine,
    gradient() {
      for (let row = 0; row < batch; row++) labels[row] = draw(stream, points, 2 * row);
      if (adversarial?.at.includes(step)) {
        for (let row = 0; row < batch; row++) labels[row] *= -1;
        for (let i = 0; i < points.length; i++) points[i] *= adversarial.stretch;
      }
      const logits = mlp.forward(parameters, points, batch);
      let [sum, right] = [0, 0];
      for (let row = 0; row < batch; row++) {
        const margin = labels[row] * logits[row];
        sum += softplus(-margin);
        right += margin > 0 ? 1 : 0;
        mlp.outputGradient[row] = (-labels[row] * sigmoid(-margin)) / batch;
      }
      mlp.backward(parameters, mlp.outputGradient, gradients);
      loss = sum / batch;
      accuracy = right / batch;
      return loss;
    },
    observables: ["loss", "accuracy"],
    observe(out) {
      out[0] = loss;
      out[1] = accuracy;
    },
    afterRound(round) {
      step = round + 1;
      return "same";
    },
  };
}

function scaleWeights({ layout }: Mlp, parameters: Float32Array, factor: number): void {
  for (const { weights } of layersOf(layout)) {
    const view = viewOf(weights, parameters);
    for (let i = 0; i < view.length; i++) view[i] *= factor;
  }
}

export const classificationProblem = defineProblem({
  description: "a small network that tells two classes of points apart, also from adversarial batches",
  schema: classificationSchema,
  create: classification,
});
