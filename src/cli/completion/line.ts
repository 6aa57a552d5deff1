import type { Command } from "commander";

/** The words of a command line so far, as commander would read them. */
export interface Line {
  readonly command: Command;
  /** Option → its values. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly positional: readonly string[];
}

/** What the words to offer depend on: the line so far, and the word that is begun. */
export interface Context extends Line {
  readonly last: string;
}
