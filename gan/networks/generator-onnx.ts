import { packageVersion } from "../../src/config/package.js";
import { addMlp } from "../../src/interchange/onnx-mlp.js";
import { OnnxGraph } from "../../src/interchange/onnx-model.js";
import { type GameTaskConfig, ganNetworkSchema } from "../config.js";
import { planeGanLayouts } from "./plane-gan-tensors.js";

/**
 * The generator of a 2D GAN as an ONNX model (opset 17): `latent` [rows, latent], drawn from N(0, I), → `sample` [rows, 2].
 *
 * @param parameters the generator's
 * @throws InputError where it is normalised by batches: the running averages are no parameters
 */
export function generatorOnnx(config: GameTaskConfig, parameters: Float32Array): Uint8Array {
  const layout = planeGanLayouts(config).generator;
  const [latent] = layout.tensors[0].shape;
  const graph = new OnnxGraph("generator");
  const input = graph.input({
    name: "latent",
    type: "float32",
    shape: ["rows", latent],
    description: "independent standard normals",
  });
  const output = addMlp(graph, input, config.network ?? ganNetworkSchema.parse({}), { layout, parameters }, "network");
  graph.node("Identity", [output], {}, "sample");
  graph.output({ name: "sample", type: "float32", shape: ["rows", 2], description: "points in the plane" });
  const described = `the generator of a GAN trained on ${config.game.name}`;
  return graph.encode(packageVersion, described, { game: config.game.name, config: JSON.stringify(config) });
}
