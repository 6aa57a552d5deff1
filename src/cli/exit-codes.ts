export const exitCodes = {
  done: 0,
  /** A run failed, or the program has a defect. */
  failed: 1,
  /** The user's input is wrong. */
  input: 2,
  /** 128 + SIGINT, as shells expect of what was interrupted. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
