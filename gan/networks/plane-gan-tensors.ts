import type { NamedTensor } from "../../src/interchange/safetensors.js";
import { type Layout, viewOf } from "../../src/nn/layout.js";
import { mlpLayout } from "../../src/nn/mlp-layout.js";
import { type GameTaskConfig, ganNetworkSchema } from "../config.js";
import { isPlaneGan } from "./options.js";

/**
 * The parameters of a 2D GAN's networks as named tensors: `discriminator.layer0.weights` [2, units], …,
 * `generator.layer0.weights` [latent, units], …; weights are [inputs, outputs], row-major. Views, not copies.
 *
 * @param players the discriminator's parameters and the generator's
 */
export function planeGanTensors(
  config: GameTaskConfig,
  players: readonly [discriminator: Float32Array, generator: Float32Array],
): Map<string, NamedTensor> {
  const { discriminator, generator } = planeGanLayouts(config);
  return new Map([...named("discriminator", discriminator, players[0]), ...named("generator", generator, players[1])]);
}

/** Where the tensors of both networks stand in their players' parameters. */
export function planeGanLayouts({ game, network, discriminator = network }: GameTaskConfig): {
  readonly discriminator: Layout;
  readonly generator: Layout;
} {
  if (!isPlaneGan(game)) throw new Error(`${game.name} is no GAN`);
  const otherwise = ganNetworkSchema.parse({});
  return {
    discriminator: mlpLayout({ ...(discriminator ?? otherwise), inputs: 2, outputs: 1 }),
    generator: mlpLayout({ ...(network ?? otherwise), inputs: game.latent, outputs: 2 }),
  };
}

function named(player: string, { tensors }: Layout, parameters: Float32Array): [string, NamedTensor][] {
  return tensors.map((tensor) => [
    `${player}.${tensor.name}`,
    { shape: tensor.shape, data: viewOf(tensor, parameters) },
  ]);
}
