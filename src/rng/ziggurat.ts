import { exp } from "../math/elementary/exponential.js";
import { log } from "../math/elementary/logarithm.js";

/**
 * The ziggurat of the standard normal: 256 layers of equal area under f(x) = exp(−x²/2), the lowest with the tail
 * behind {@link tailStart}. A point of layer i lies under the curve for certain where its x is below
 * `edges[i + 1]`, which is so for 98.8 % of draws: those cost no logarithm and no exponential.
 *
 * Source: Marsaglia and Tsang (2000); position and layer from different bits: Doornik (2005).
 */

const layers = 256;

/** Where the tail begins: the start for which 256 layers of equal area end at the top of the curve. */
export const tailStart = 3.6541528853610088;

const density = (x: number) => exp(-0.5 * x * x);

/** The area of each layer: that of the lowest, a box of the height f(r) up to r and the tail behind. */
const area = tailStart * density(tailStart) + density(tailStart) / tailFraction();

/** Layer i lies between x = 0 and `edges[i]`; for the lowest that is the width of a box of the same area. */
const edges = new Float64Array(layers + 1);
edges[0] = area / density(tailStart);
edges[1] = tailStart;
for (let i = 2; i < layers; i++) edges[i] = Math.sqrt(-2 * log(area / edges[i - 1] + density(edges[i - 1])));

/** Entry i: the width of layer i, of layer i − 256 with a minus sign behind: nine random bits choose side and layer. */
export const widths = Float64Array.from({ length: 2 * layers }, (_, i) => (i < layers ? edges[i] : -edges[i - layers]));

/** Entry i: below which share of its width a point of the layer lies under the curve for certain. */
export const certain = Float64Array.from({ length: 2 * layers }, (_, i) => edges[(i % layers) + 1] / edges[i % layers]);

/**
 * The other draws: a point of the layer that may lie above the curve, or one of the tail.
 *
 * @param share of the layer's width
 * @param uniform draws from [0, 1)
 * @returns the normal's magnitude in widths of the layer, or NaN where the point lies above the curve and the draw has
 *   to begin anew
 */
export function uncertain(layer: number, share: number, uniform: () => number): number {
  if (layer === 0) return tail(uniform) / edges[0];
  const [below, above] = [density(edges[layer]), density(edges[layer + 1])];
  return below + uniform() * (above - below) < density(share * edges[layer]) ? share : Number.NaN;
}

/** The tail by Marsaglia's method (1964): exponentials, of which those under the curve are taken. */
function tail(uniform: () => number): number {
  for (;;) {
    const beyond = -log(1 - uniform()) / tailStart;
    const height = -log(1 - uniform());
    if (2 * height > beyond * beyond) return tailStart + beyond;
  }
}

/** f(r)/∫ᵣ f as Laplace's continued fraction r + 1/(r + 2/(r + 3/…)), to the last bit. */
function tailFraction(): number {
  let fraction = tailStart;
  for (let n = 200; n >= 1; n--) fraction = tailStart + n / fraction;
  return fraction;
}
