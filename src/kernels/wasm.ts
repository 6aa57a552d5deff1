import { DenseEngine } from "./dense-engine.js";
import type { Engine } from "./engine.js";
import { memorySize } from "./engine-memory.js";
import type { Kernels } from "./kernels.js";
import { wasmBase64 } from "./module.js";

// The part of the WebAssembly interface used here; TypeScript declares it only together with a browser's.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (limits: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (module: object, imports: { env: { memory: object } }) => { readonly exports: object };
};

interface WasmKernels extends Kernels {
  readonly __heap_base: { readonly value: number };
}

const page = 1 << 16;

let compiled: object | undefined;

/** The compiled module, shared by all engines of a thread. */
function compile(): object {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(wasmBase64), (character) => character.charCodeAt(0)));
  return compiled;
}

/**
 * kernels.c on WebAssembly with 128-bit vectors: the engine that runs everywhere, with the same bits everywhere.
 *
 * @param options.megabytes size of the memory for all vectors of this engine, 1 … 2048. It is reserved at once and never
 *   grows, so that vectors stay valid; pages that nothing touches take no memory. Default 256.
 */
export function createWasmEngine(options: { megabytes?: number } = {}): Engine {
  const pages = memorySize(options.megabytes ?? 256) / page;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const kernels = new WebAssembly.Instance(compile(), { env: { memory } }).exports as WasmKernels;
  const reserved = kernels.__heap_base.value;
  const { buffer } = memory;
  return new DenseEngine("wasm", kernels, { buffer, address: 0, reserved, alignment: 16 }, "createWasmEngine");
}
