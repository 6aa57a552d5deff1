import { InputError } from "../config/input-error.js";

// Stands in for read.ts in a browser, which has no results folders: runs come from its own worker there.

export { tableOf } from "./table-of.js";

/** See `read.ts`. */
export function readStudy(): never {
  throw new InputError("a browser reads no results folder");
}
