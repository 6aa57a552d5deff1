/**
 * RMSprop's first step from v₀ = 0, in units of η, where the loss is multiplied by c:
 *
 *     outside   u = g/(√(1 − ρ) |g| + ε/c)          inside   u = g/√((1 − ρ) g² + ε/c²)
 *
 * ε = 0 makes it 1/√(1 − ρ) for every c. ε counts against the gradient: a loss c times as large is the same as an ε
 * c times as small outside the root and c² times inside, so that ε has the unit of g outside and of g² inside.
 *
 * @param gradient |g| of the loss without the factor
 */
export function firstStep({ rho, eps, epsPlacement }: Stabilised, gradient: number, scale: number): number {
  const square = (1 - rho) * gradient * gradient;
  return epsPlacement === "inside"
    ? gradient / Math.sqrt(square + eps / (scale * scale))
    : gradient / (Math.sqrt(square) + eps / scale);
}

/** What of RMSprop's options meets the gradient's scale. */
export interface Stabilised {
  readonly rho: number;
  readonly eps: number;
  readonly epsPlacement: "outside" | "inside";
}

/**
 * The factor c on the loss at which ε shortens RMSprop's first step by a share s: below it more, above it less.
 *
 *     outside   c = ε (1 − s)/s / (√(1 − ρ) |g|)     inside   c = √(ε/((1 − s)⁻² − 1)) / (√(1 − ρ) |g|)
 */
export function scaleOfShortening({ rho, eps, epsPlacement }: Stabilised, gradient: number, share: number): number {
  const root = Math.sqrt(1 - rho) * gradient;
  const kept = 1 - share;
  return epsPlacement === "inside" ? Math.sqrt(eps / (1 / (kept * kept) - 1)) / root : (eps * kept) / share / root;
}
