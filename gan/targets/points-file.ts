import { readFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { InputError } from "../../src/config/input-error.js";

/**
 * The bytes of a file of points.
 *
 * @param folder what a relative path is relative to
 * @throws InputError where it cannot be read
 */
export function readPoints(file: string, folder: string): Uint8Array {
  try {
    return readFileSync(resolve(folder, file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const where = isAbsolute(file) ? "" : ` in ${resolve(folder)}`;
    if (code === "ENOENT") throw new InputError(`game.file: ${file}: there is no such file${where}`);
    if (code === "EISDIR") throw new InputError(`game.file: ${file}: expected a CSV file, found a folder`);
    throw new InputError(`game.file: ${file}: cannot be read (${code})`);
  }
}
