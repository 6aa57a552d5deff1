import type { RandomStream } from "../rng/random-stream.js";
import type { Initialiser } from "./initialisers.js";
import { layersOf } from "./layers.js";
import { viewOf } from "./layout.js";
import type { Mlp } from "./mlp.js";

/**
 * Draws a network's weights layer by layer, first to last, from one stream; biases and shifts become zero, scales one.
 *
 * @param initialisers of the hidden layers and of the output layer
 */
export function initialise(
  mlp: Mlp,
  parameters: Float32Array,
  stream: RandomStream,
  initialisers: { readonly hidden: Initialiser; readonly output: Initialiser },
): void {
  const layers = layersOf(mlp.layout);
  layers.forEach(({ weights, bias, affine }, layer) => {
    const fill = layer < layers.length - 1 ? initialisers.hidden : initialisers.output;
    fill(viewOf(weights, parameters), weights.shape[0], weights.shape[1], stream);
    viewOf(bias, parameters).fill(0);
    if (affine !== undefined) {
      viewOf(affine.scale, parameters).fill(1);
      viewOf(affine.shift, parameters).fill(0);
    }
  });
}
