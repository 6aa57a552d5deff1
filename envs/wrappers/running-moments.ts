/** Mean and variance of vectors seen one by one, from a count of 10⁻⁴ zeros with variance 1, as Gymnasium begins. */
export class RunningMoments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  #count = 1e-4;

  constructor(size: number) {
    this.mean = new Float64Array(size);
    this.variance = new Float64Array(size).fill(1);
  }

  /** Takes one vector in (Chan, Golub and LeVeque 1979, for a batch of one). */
  add(x: ArrayLike<number>): void {
    const total = this.#count + 1;
    for (let i = 0; i < this.mean.length; i++) {
      const delta = x[i] - this.mean[i];
      this.mean[i] += delta / total;
      this.variance[i] = (this.variance[i] * this.#count + (delta * delta * this.#count) / total) / total;
    }
    this.#count = total;
  }
}
