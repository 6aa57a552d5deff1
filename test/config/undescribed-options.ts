import { allOptions } from "../../src/config/options.js";
import type { Schema } from "../../src/config/schema-walk.js";

/** The paths of all options in a schema that have no description; the entries of a map are described with the map. */
export function undescribedOptions(schema: Schema): string[] {
  return allOptions(schema)
    .filter(({ path, meaning }) => meaning === "" && path.at(-1) !== "<name>")
    .map(({ path, parts }) => [path.join("."), ...parts].join(" "));
}
