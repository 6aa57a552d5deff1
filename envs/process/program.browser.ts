import { InputError } from "../../src/config/input-error.js";

// Stands in for program.ts in a browser, which starts no programs.

/** See `program.ts`. */
export class Program {
  constructor({ command }: { readonly command: readonly string[] }) {
    throw new InputError(`${command.join(" ")}: a browser starts no programs`);
  }
}
