import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import type { Engine } from "./engine.js";
import { createWasmEngine } from "./wasm.js";

// Stands in for create.ts in a browser, which has the one engine.

export type EngineName = "wasm";

/** See `create.ts`. */
export const engineNames: readonly EngineName[] = ["wasm"];

/** See `create.ts`. */
export const engineLines: Readonly<Record<EngineName | "auto", string>> = {
  auto: "wasm",
  wasm: "the kernels as WASM SIMD",
};

/** See `create.ts`. */
export function resolveEngine(choice: string): EngineName {
  if (choice === "wasm" || choice === "auto") return "wasm";
  throw new InputError(`engine: unknown name "${choice}" in a browser${suggest(choice, ["auto", "wasm"])}`);
}

/** See `create.ts`. */
export function createEngine(name: string): Engine {
  resolveEngine(name);
  return createWasmEngine();
}
