/** What a parameter changes to. */
export interface Update {
  /** The new value, from the old one and the number of this parameter's changes before. */
  value(old: number, change: number): number;
  /** The values that it can give, so that those which the parameter cannot take are refused before the run. */
  readonly range: readonly number[];
}
