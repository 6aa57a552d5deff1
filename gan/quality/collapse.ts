/** Logits that spread by less than this are one logit: float32 resolves 6e-8 of a logit of size 1. */
const leastSpread = 1e-6;

/**
 * The step since which the discriminator has been constant, when that is at least the last tenth of the steps; null
 * otherwise. Constant means that its logits on a batch, real and fake, deviate by less than 1e-6 from their mean: dead
 * units, or weights clipped to nothing. Nothing then pulls the generator any more.
 *
 * @param spread the logits' standard deviation at every step
 */
export function collapsedAt(spread: ArrayLike<number>): number | null {
  let step = spread.length;
  while (step > 0 && spread[step - 1] < leastSpread) step--;
  const constant = spread.length - step;
  return constant > 0 && constant >= spread.length / 10 ? step + 1 : null;
}
