import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../config/input-error.js";
import { nearest } from "../config/nearest.js";
import { packageRoot } from "../config/package.js";
import { shorten } from "./paths.js";

const folder = join(packageRoot, "reports");
const studyFile = (name: string) => join(folder, name, "study.yaml");

/** The names of the studies that come with the package. */
export function builtInStudies(): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => name)
    .filter((name) => existsSync(studyFile(name)))
    .sort();
}

/**
 * The study file that an argument means: a built-in study's name, or a path.
 *
 * @returns the path, relative to the working directory where it lies below it
 * @throws InputError when it is neither
 */
export function findStudy(argument: string): string {
  const builtIn = builtInStudies();
  if (builtIn.includes(argument)) return shorten(studyFile(argument));
  if (/[/\\]|\.ya?ml$/.test(argument) || existsSync(argument)) return argument;
  const near = nearest(argument, builtIn);
  const hint = near === undefined ? "" : ` did you mean "${near}"?`;
  throw new InputError(
    `unknown study "${argument}";${hint} valid: ${[...builtIn, "the path of a YAML file"].join(", ")}`,
  );
}
