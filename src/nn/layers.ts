import type { Layout, Tensor } from "./layout.js";

/** One layer of a network in its layout. */
export interface LayerTensors {
  readonly weights: Tensor;
  readonly bias: Tensor;
  readonly affine?: { readonly scale: Tensor; readonly shift: Tensor };
}

/** The layout's tensors by layers: weights and biases of all come first, scales and shifts of the normalised last. */
export function layersOf({ tensors }: Layout): LayerTensors[] {
  const layers = tensors.filter(({ name }) => name.endsWith(".weights")).length;
  return Array.from({ length: layers }, (_, layer) => {
    const [weights, bias] = tensors.slice(2 * layer);
    const [scale, shift] = tensors.slice(2 * (layers + layer));
    return { weights, bias, ...(scale === undefined ? {} : { affine: { scale, shift } }) };
  });
}
