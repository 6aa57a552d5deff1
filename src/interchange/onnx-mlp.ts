import { InputError } from "../config/input-error.js";
import type { Activation } from "../kernels/engine.js";
import { layersOf } from "../nn/layers.js";
import { type Layout, type Tensor, viewOf } from "../nn/layout.js";
import type { HiddenSpec } from "../nn/mlp.js";
import { epsilon } from "../nn/normalization.js";
import type { OnnxGraph } from "./onnx-model.js";

/**
 * Adds a multilayer perceptron with a linear last layer to a graph: a Gemm a layer, LayerNormalization and the activation
 * behind the hidden ones.
 *
 * @param input the name of its input, float32 [rows, inputs]
 * @param parameters laid out by `layout`
 * @param network what it is called in messages
 * @returns the name of its output
 * @throws InputError where the network normalises by batches: their running averages are no parameters
 */
export function addMlp(
  graph: OnnxGraph,
  input: string,
  { activation, slope = 0.2, normalization = "none" }: HiddenSpec,
  { layout, parameters }: { readonly layout: Layout; readonly parameters: Float32Array },
  network: string,
): string {
  if (normalization === "batch") {
    throw new InputError(`${network}: normalization: expected none or layer for ONNX, found batch`);
  }
  const constant = (tensor: Tensor) => graph.constant(tensor.shape, viewOf(tensor, parameters));
  const layers = layersOf(layout);
  return layers.reduce((below, { weights, bias, affine }, layer) => {
    const product = graph.node("Gemm", [below, constant(weights), constant(bias)]);
    if (layer === layers.length - 1) return product;
    if (affine === undefined) return addActivation(graph, product, activation, slope);
    const scaled = graph.node("LayerNormalization", [product, constant(affine.scale), constant(affine.shift)], {
      epsilon: { float: epsilon },
    });
    return addActivation(graph, scaled, activation, slope);
  }, input);
}

function addActivation(graph: OnnxGraph, input: string, activation: Activation, slope: number): string {
  switch (activation) {
    case "identity":
      return input;
    case "tanh":
      return graph.node("Tanh", [input]);
    case "relu":
      return graph.node("Relu", [input]);
    case "leakyRelu":
      return graph.node("LeakyRelu", [input], { alpha: { float: slope } });
  }
}
