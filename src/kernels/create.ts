import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import type { Engine } from "./engine.js";
import { createWasmEngine } from "./wasm.js";

const engines = { wasm: createWasmEngine } as const satisfies Record<string, () => Engine>;
export type EngineName = keyof typeof engines;

/** The engines that can be created by name. */
export const engineNames = Object.keys(engines) as EngineName[];

/**
 * The engine that a user's choice stands for; `auto` is the fastest that is there.
 *
 * @throws InputError naming the valid names and the nearest
 */
export function resolveEngine(choice: string): EngineName {
  if (choice === "auto") return "wasm";
  if (Object.hasOwn(engines, choice)) return choice as EngineName;
  throw new InputError(`engine: unknown name "${choice}"${suggest(choice, ["auto", ...engineNames])}`);
}

/** A new engine of this name (or `auto`), with a memory of its own. */
export function createEngine(name: string): Engine {
  return engines[resolveEngine(name)]();
}
