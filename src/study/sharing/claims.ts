/** Sees to it that a run is carried out by one process at a time. */
export interface Claims {
  /** Whether the run is this process's now; false where another one, at work, has it. */
  claim(id: string): Promise<boolean>;
  /** Gives it back, done or not. */
  release(id: string): Promise<void>;
}
