import { createLayout, type Layout } from "./layout.js";
import type { NormalizationName } from "./normalization.js";

/** What of a multilayer perceptron its layout depends on. */
interface Widths {
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly outputs: number;
  /** Default none. */
  readonly normalization?: NormalizationName;
}

/**
 * Where the tensors of a multilayer perceptron stand: `layer0.weights` [inputs, units], `layer0.bias` [units], … of all
 * layers, then `layer0.scale`, `layer0.shift`, … of the normalised ones.
 */
export function mlpLayout({ inputs, hidden, outputs, normalization = "none" }: Widths): Layout {
  const widths = [inputs, ...hidden, outputs];
  const normalised = normalization === "none" ? [] : hidden;
  return createLayout([
    ...widths.slice(1).flatMap((units, layer) => [
      { name: `layer${layer}.weights`, shape: [widths[layer], units] },
      { name: `layer${layer}.bias`, shape: [units] },
    ]),
    ...normalised.flatMap((units, layer) => [
      { name: `layer${layer}.scale`, shape: [units] },
      { name: `layer${layer}.shift`, shape: [units] },
    ]),
  ]);
}
