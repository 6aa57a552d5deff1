import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The folder that holds this package's package.json: the checkout, or the installed package. The compiled files lie
 * one folder deeper than the sources, so it is searched upward from here.
 */
export const packageRoot: string = findUpward(import.meta.dirname);

/** The package's version: part of every run's identity, because another version may compute other numbers. */
export const packageVersion: string = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")).version;

function findUpward(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`no package.json above ${import.meta.dirname}`);
  return findUpward(parent);
}
