import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../config/package.js";

/** What the source of a part that can be named says of it. */
export interface Docstring {
  /** The source file, from the package's root. */
  readonly file: string;
  readonly name: string;
  /** Its update rule, its shapes, its defaults, its source; empty where there is none. */
  readonly text: string;
}

/** Where the build leaves them. */
export const docstringsFile: string = join(packageRoot, "dist", "docstrings.json");

let read: readonly Docstring[] | undefined;

/**
 * The docstring of a part of this name that a file of one of these folders defines; undefined where there is none, as in
 * sources that were compiled without the package's build.
 */
export function docstringOf(name: string, folders: readonly string[]): Docstring | undefined {
  read ??= existsSync(docstringsFile) ? (JSON.parse(readFileSync(docstringsFile, "utf8")) as Docstring[]) : [];
  return read.find((one) => one.name === name && folders.some((folder) => one.file.startsWith(`${folder}/`)));
}

/** The literature that a docstring names: what stands behind `Source:`, in one line. */
export function sourceIn({ text }: Docstring): string | undefined {
  return text
    .match(/Source: ([\s\S]+?)(?:\n\n|$)/)?.[1]
    .replaceAll(/\s+/g, " ")
    .replace(/\.$/, "");
}
