import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import type { Engine } from "./engine.js";
import { createNativeEngine, nativeLibrary } from "./native.js";
import { findLibrary } from "./native-library.js";
import { createTfjsEngine } from "./tfjs.js";
import { preferredTfjs, type TfjsName, tfjsLibrary } from "./tfjs-library.js";
import { createWasmEngine } from "./wasm.js";

const engines = {
  wasm: () => createWasmEngine(),
  native: () => createNativeEngine(),
  "tfjs-node": () => createTfjsEngine("tfjs-node"),
  "tfjs-cpu": () => createTfjsEngine("tfjs-cpu"),
} as const satisfies Record<string, () => Engine>;
export type EngineName = keyof typeof engines;

/** The engines that can be created by name; `native` where its library is built, those on TensorFlow.js where it is. */
export const engineNames = Object.keys(engines) as EngineName[];

/** Choices that stand for one of several engines. */
const choices: Readonly<Record<string, () => EngineName>> = {
  auto: () => ("path" in findLibrary() ? "native" : "wasm"),
  tfjs: preferredTfjs,
};

/**
 * The engine that a user's choice stands for; `auto` is the fastest that is there: native where its library is built
 * from these kernels for this processor, else wasm. `tfjs` is TensorFlow.js on the fastest backend that is there.
 *
 * @throws InputError naming the valid names and the nearest, or saying how to get the library that the engine needs
 */
export function resolveEngine(choice: string): EngineName {
  const name = Object.hasOwn(choices, choice) ? choices[choice]() : choice;
  if (!Object.hasOwn(engines, name))
    throw new InputError(`engine: unknown name "${choice}"${suggest(choice, ["auto", ...engineNames, "tfjs"])}`);
  if (name === "native") nativeLibrary();
  else if (name.startsWith("tfjs")) tfjsLibrary(name as TfjsName);
  return name as EngineName;
}

/** A new engine of this name (or `auto` or `tfjs`), with a memory of its own. */
export function createEngine(name: string): Engine {
  return engines[resolveEngine(name)]();
}

/** What may be asked for → a line about it, for listings. */
export const engineLines: Readonly<Record<EngineName | "auto" | "tfjs", string>> = {
  auto: "native where its library is built, else wasm",
  wasm: "the kernels as WASM SIMD, checked in: everywhere",
  native: "the same kernels for this processor, to the same bits; npm run build:native",
  tfjs: "TensorFlow.js, tfjs-node where it is installed, else tfjs-cpu: an independent oracle",
  "tfjs-node": "TensorFlow.js on its native library",
  "tfjs-cpu": "TensorFlow.js in plain JavaScript: slow",
};
