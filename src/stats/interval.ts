/** An estimate and the ends of its confidence interval, in the unit of the values. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}
