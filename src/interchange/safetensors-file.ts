import { readFile } from "node:fs/promises";
import { InputError } from "../config/input-error.js";
import { writeWhole } from "../study/files.js";
import { decodeSafetensors, encodeSafetensors, type NamedTensor, type Safetensors } from "./safetensors.js";

/**
 * Writes tensors into a safetensors file, whole or not at all.
 *
 *     await saveSafetensors("weights.safetensors", new Map([["w", { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }]]));
 *
 * @param tensors by name
 * @param metadata texts by name
 */
export function saveSafetensors(
  file: string,
  tensors: ReadonlyMap<string, NamedTensor>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  return writeWhole(file, encodeSafetensors({ tensors, metadata }));
}

/**
 * Reads a safetensors file, whoever wrote it.
 *
 * @throws InputError where it cannot be read, is no such file or is damaged
 */
export async function readSafetensors(file: string): Promise<Safetensors> {
  const bytes = await readFile(file).catch(({ code }: NodeJS.ErrnoException) => {
    throw new InputError(`${file}: cannot be read (${code})`);
  });
  return decodeSafetensors(bytes, file);
}
