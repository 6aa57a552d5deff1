/** ln(1 + eˣ), without overflow. */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/** 1/(1 + e⁻ˣ), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/**
 * The discriminator's logistic loss, mean softplus(−D(real)) + mean softplus(D(fake)), with logits [2 rows]: first the
 * real ones, then the fake. Writes its gradient with respect to the logits.
 */
export function discriminatorLoss(logits: Float32Array, rows: number, gradient: Float32Array): number {
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    const real = logits[i];
    const fake = logits[rows + i];
    loss += softplus(-real) + softplus(fake);
    gradient[i] = -sigmoid(-real) / rows;
    gradient[rows + i] = sigmoid(fake) / rows;
  }
  return loss / rows;
}

/**
 * The generator's non-saturating loss, mean softplus(−D(fake)) (Goodfellow et al. 2014), and its gradient with respect
 * to the logits.
 */
export function generatorLoss(logits: Float32Array, rows: number, gradient: Float32Array): number {
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    loss += softplus(-logits[i]);
    gradient[i] = -sigmoid(-logits[i]) / rows;
  }
  return loss / rows;
}
