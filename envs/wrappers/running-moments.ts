/** Mean and variance of vectors seen one by one, from a count of 10⁻⁴ zeros with variance 1, as Gymnasium begins. */
export class RunningMoments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  /** All that is remembered, live: what is written into it is what goes on. */
  readonly state: { count: number; readonly mean: Float64Array; readonly variance: Float64Array };

  constructor(size: number) {
    this.mean = new Float64Array(size);
    this.variance = new Float64Array(size).fill(1);
    this.state = { count: 1e-4, mean: this.mean, variance: this.variance };
  }

  /**
   * Takes one vector in (Chan, Golub and LeVeque 1979, for a batch of one).
   *
   * @param from where the vector begins in x
   */
  add(x: ArrayLike<number>, from = 0): void {
    const { count } = this.state;
    const total = count + 1;
    for (let i = 0; i < this.mean.length; i++) {
      const delta = x[from + i] - this.mean[i];
      this.mean[i] += delta / total;
      this.variance[i] = (this.variance[i] * count + (delta * delta * count) / total) / total;
    }
    this.state.count = total;
  }
}
