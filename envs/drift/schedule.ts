/** When a parameter changes: a function of the lifetime clock alone. */
export interface Schedule {
  /** The time of the first change after the given one, in environment steps; infinite when there is none. */
  next(after: number): number;
}
