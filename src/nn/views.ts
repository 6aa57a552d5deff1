import { layersOf } from "./layers.js";
import { type Layout, viewOf } from "./layout.js";
import type { Affine } from "./normalization.js";

/** One layer's windows into a flat vector of parameters or gradients. */
export interface LayerViews {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** Of a normalised layer. */
  readonly affine?: Affine;
}

/** Each layer's windows into the flat vectors of one layout. */
export class Views {
  readonly #layout: Layout;
  readonly #known = new WeakMap<Float32Array, readonly LayerViews[]>();

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** Those into this vector, kept for as long as it lives. */
  of(vector: Float32Array): readonly LayerViews[] {
    let views = this.#known.get(vector);
    if (views === undefined) {
      views = layersOf(this.#layout).map(({ weights, bias, affine }) => ({
        weights: viewOf(weights, vector),
        bias: viewOf(bias, vector),
        ...(affine === undefined
          ? {}
          : { affine: { scale: viewOf(affine.scale, vector), shift: viewOf(affine.shift, vector) } }),
      }));
      this.#known.set(vector, views);
    }
    return views;
  }
}
