import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import type { Engine } from "./engine.js";
import { createNativeEngine, nativeLibrary } from "./native.js";
import { findLibrary } from "./native-library.js";
import { createWasmEngine } from "./wasm.js";

const engines = { wasm: createWasmEngine, native: createNativeEngine } as const satisfies Record<string, () => Engine>;
export type EngineName = keyof typeof engines;

/** The engines that can be created by name; `native` where its library is built. */
export const engineNames = Object.keys(engines) as EngineName[];

/**
 * The engine that a user's choice stands for; `auto` is the fastest that is there: native where its library is built
 * from these kernels for this processor, else wasm.
 *
 * @throws InputError naming the valid names and the nearest, or saying how to build the library that native needs
 */
export function resolveEngine(choice: string): EngineName {
  if (choice === "auto") return "path" in findLibrary() ? "native" : "wasm";
  if (!Object.hasOwn(engines, choice))
    throw new InputError(`engine: unknown name "${choice}"${suggest(choice, ["auto", ...engineNames])}`);
  if (choice === "native") nativeLibrary();
  return choice as EngineName;
}

/** A new engine of this name (or `auto`), with a memory of its own. */
export function createEngine(name: string): Engine {
  return engines[resolveEngine(name)]();
}
