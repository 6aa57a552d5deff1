import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export type Tfjs = typeof import("@tensorflow/tfjs");

/**
 * TensorFlow.js with one of its backends, or null where it is not installed: it is a development dependency, a peer to
 * be compared with.
 */
export async function loadTfjs(backend: "cpu" | "wasm"): Promise<Tfjs | null> {
  try {
    const tf = await import("@tensorflow/tfjs");
    if (backend === "wasm") {
      const wasm = await import("@tensorflow/tfjs-backend-wasm");
      const folder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json"));
      wasm.setWasmPaths(`${join(folder, "wasm-out")}/`);
      wasm.setThreadsCount(1);
    }
    await tf.setBackend(backend);
    await tf.ready();
    return tf;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") return null;
    throw error;
  }
}
