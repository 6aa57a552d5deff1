import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export type Tfjs = typeof import("@tensorflow/tfjs");

/** TensorFlow.js on one of its backends, as a peer to be compared with. */
export interface Backend {
  readonly tf: Tfjs;
  /** The name in the table. */
  readonly engine: string;
  /** Makes it the backend of what follows; before every slice of time, since there is one backend at a time. */
  activate(): Promise<void>;
}

/** The backends that are installed, or none: they are development dependencies. Each computes on one thread. */
export async function loadTfjs(): Promise<Backend[]> {
  try {
    const tf = await import("@tensorflow/tfjs");
    const wasm = await import("@tensorflow/tfjs-backend-wasm");
    const folder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json"));
    wasm.setWasmPaths(`${join(folder, "wasm-out")}/`);
    wasm.setThreadsCount(1);
    const backends = ["wasm", "cpu"].map((name) => ({
      tf,
      engine: `tfjs-${name}`,
      activate: async () => {
        await tf.setBackend(name);
        await tf.ready();
      },
    }));
    for (const { activate } of backends) await activate();
    return backends;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_MODULE_NOT_FOUND") return [];
    throw error;
  }
}

/** A subject made on a backend: its variables live where they were made. */
export async function on<T>(backend: Backend, make: (backend: Backend) => T): Promise<T> {
  await backend.activate();
  return make(backend);
}
