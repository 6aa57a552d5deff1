/** One way a step may go. */
export interface Transition {
  readonly probability: number;
  readonly next: number;
  readonly reward: number;
  /** The episode ends with it. */
  readonly terminated: boolean;
}

/** The possible transitions by state and action: `table[state][action]`. The probabilities of a list sum to 1. */
export type TransitionTable = readonly (readonly (readonly Transition[])[])[];
