import { existsSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { packageRoot } from "../config/package.js";

/**
 * Where an editor finds the JSON Schema for a study file: a path from its folder to the package beside or above it, the
 * same on every machine; the schema's URL where the package lies elsewhere; undefined where it is not built.
 */
export function schemaAddress(file: string): string | undefined {
  const schema = join(packageRoot, "dist", "study.schema.json");
  if (!existsSync(schema)) return undefined;
  const working = process.cwd();
  const isNear = [schema, resolve(file)].every((path) => path.startsWith(`${working}${sep}`));
  if (!isNear) return pathToFileURL(schema).href;
  const path = relative(dirname(resolve(file)), schema)
    .split(sep)
    .join("/");
  return path.startsWith(".") ? path : `./${path}`;
}
