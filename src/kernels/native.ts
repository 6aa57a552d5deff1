import { createRequire } from "node:module";
import { InputError } from "../config/input-error.js";
import { DenseEngine } from "./dense-engine.js";
import type { Engine } from "./engine.js";
import { memorySize } from "./engine-memory.js";
import type { Kernels } from "./kernels.js";
import { buildCommand, findLibrary } from "./native-library.js";

/** A cache line, and the widest vector there is: no aligned load of a vector crosses a line. */
const alignment = 64;

/**
 * kernels.c compiled for this very processor: the same bits as the WebAssembly engine, with wider vectors.
 *
 * @param options.megabytes size of the memory for all vectors of this engine, 1 … 2048. It never grows, so that vectors
 *   stay valid; pages that nothing touches take no memory. Default 256.
 * @throws InputError, with the command that builds the library, where there is none for this source and this processor
 */
export function createNativeEngine(options: { megabytes?: number } = {}): Engine {
  return createEngineFrom(nativeLibrary(), options);
}

/**
 * The path of the current library.
 *
 * @throws InputError, with the command that builds it, where there is none
 */
export function nativeLibrary(): string {
  const found = findLibrary();
  if ("problem" in found) throw new InputError(`engine native: ${found.problem}; build it with \`${buildCommand}\``);
  return found.path;
}

/** An engine on the library at this path, which is trusted to be built from kernels.c. */
export function createEngineFrom(path: string, { megabytes = 256 }: { megabytes?: number } = {}): Engine {
  const buffer = new ArrayBuffer(memorySize(megabytes));
  const { kernels, addressOf } = load(path);
  return new DenseEngine(
    "native",
    kernels,
    { buffer, address: addressOf(buffer), reserved: 0, alignment },
    "createNativeEngine",
  );
}

interface Library {
  readonly kernels: Kernels;
  readonly addressOf: (buffer: ArrayBuffer) => number;
}

/** By path: every thread loads a library once. */
const loaded = new Map<string, Library>();

/** Loads koffi and the library when they are first asked for: who uses WebAssembly waits for neither. */
function load(path: string): Library {
  const before = loaded.get(path);
  if (before !== undefined) return before;
  const library = open(path);
  loaded.set(path, library);
  return library;
}

function open(path: string): Library {
  try {
    const koffi = createRequire(import.meta.url)("koffi") as typeof import("koffi");
    const library = koffi.load(path);
    const integers = ["int", "int", "int"];
    // Addresses go as integers, which costs half of what pointers to typed arrays cost; they stay below 2⁴⁸.
    const vectors = (count: number) => Array<string>(count).fill("uintptr_t");
    const doubles = (count: number) => Array<string>(count).fill("double");
    const kernel = (name: string, ...types: string[]) => library.func(name, "void", types) as Kernels["dense_forward"];
    const measure = (name: string, result: string, ...types: string[]) =>
      library.func(name, result, types) as Kernels["scratch_size"];
    const kernels = {
      scratch_size: measure("scratch_size", "int", "int", "int"),
      dense_forward: kernel("dense_forward", ...integers, "int", "float", ...vectors(5)),
      activation_backward: kernel("activation_backward", "int", "int", "float", ...vectors(2)),
      dense_backward_weights: kernel("dense_backward_weights", ...integers, ...vectors(5)),
      dense_backward_input: kernel("dense_backward_input", ...integers, "int", "float", ...vectors(5)),
      run_program: kernel("run_program", "int", ...vectors(1)),
      apply: kernel("apply", "int", "int", ...vectors(2)),
      rmsprop_update: kernel("rmsprop_update", "int", "int", ...doubles(9), ...vectors(4)),
      adam_update: kernel("adam_update", "int", "int", ...doubles(8), ...vectors(5)),
      scale: kernel("scale", "int", ...doubles(1), ...vectors(1)),
      add_scaled: kernel("add_scaled", "int", ...doubles(1), ...vectors(2)),
      norm: measure("norm", "double", "int", ...vectors(1)),
      all_finite: measure("all_finite", "int", "int", ...vectors(1)),
      normalize: kernel("normalize", ...integers, "double", ...vectors(5)),
      scale_and_shift: kernel("scale_and_shift", ...integers, "float", ...vectors(4)),
      scale_and_shift_backward: kernel("scale_and_shift_backward", "int", "int", ...vectors(4)),
      normalize_backward: kernel("normalize_backward", ...integers, ...vectors(4)),
      fill_uniform: kernel("fill_uniform", "int", ...doubles(2), ...vectors(2)),
      softmax: kernel("softmax", "int", "int", ...vectors(3)),
      saturate: measure("saturate", "float", "int", "float", "float"),
      lanes: measure("lanes", "int"),
      fill_normal: measure("fill_normal", "int", "int", ...doubles(2), ...vectors(4)),
    };
    return { kernels, addressOf: (buffer) => Number(koffi.address(buffer)) };
  } catch (error) {
    const { message } = error as Error;
    throw new InputError(
      `engine native: ${path} does not load (${message.split("\n")[0]}); rebuild it with \`${buildCommand}\`, or choose wasm`,
    );
  }
}
