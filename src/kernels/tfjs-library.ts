import { createRequire } from "node:module";
import { InputError } from "../config/input-error.js";

/** TensorFlow.js as far as the engine needs it; a type alone, so that nothing is loaded for it. */
export type Tf = typeof import("@tensorflow/tfjs");

/** The engines on TensorFlow.js, the preferred one first: the package that each needs and its backend's name there. */
const engines = {
  "tfjs-node": { library: "@tensorflow/tfjs-node", backend: "tensorflow" },
  "tfjs-cpu": { library: "@tensorflow/tfjs", backend: "cpu" },
} as const;
export type TfjsName = keyof typeof engines;

export const tfjsNames = Object.keys(engines) as TfjsName[];

/** A library that computes, or in words why there is none and what to do. */
export type FoundTfjs =
  | { readonly tf: Tf; readonly backend: string }
  | { readonly problem: string; readonly advice: string };

/** The version that the tests run against. */
const version = "4.22.0";

/** By engine: every thread looks once. */
const found = new Map<TfjsName, FoundTfjs>();

/**
 * Loads the library of an engine and lets it compute, because a library may load and then not compute (tfjs-node on
 * Node 23 and newer). Nothing is loaded before this is called.
 */
export function findTfjs(name: TfjsName): FoundTfjs {
  const before = found.get(name);
  if (before !== undefined) return before;
  const now = load(name);
  found.set(name, now);
  return now;
}

/** The first of {@link tfjsNames} that computes here; the last where none does. */
export function preferredTfjs(): TfjsName {
  return tfjsNames.find((name) => "tf" in findTfjs(name)) ?? tfjsNames[tfjsNames.length - 1];
}

/**
 * The library of an engine.
 *
 * @throws InputError, with what to do, where there is none that computes
 */
export function tfjsLibrary(name: TfjsName): Extract<FoundTfjs, { tf: Tf }> {
  const library = findTfjs(name);
  if ("tf" in library) return library;
  throw new InputError(`engine ${name}: ${library.problem}; ${library.advice}`);
}

const nodeAdvice = "it needs Node 22 or older, and the library that its installation downloads";

function load(name: TfjsName): FoundTfjs {
  const { library, backend } = engines[name];
  const require = createRequire(import.meta.url);
  const advice = `to have it: npm install ${library}@${version}`;
  try {
    require.resolve(library);
  } catch {
    return { problem: `${library} is not installed`, advice };
  }
  try {
    const tf = require(library) as Tf;
    probe(tf, backend);
    return { tf, backend };
  } catch (error) {
    const problem = `${library} does not work here (${(error as Error).message.trim().split("\n")[0]})`;
    return { problem, advice: name === "tfjs-node" ? nodeAdvice : advice };
  }
}

/** A product's gradient, in silence: the first use of the CPU backend else recommends another one at length. */
function probe(tf: Tf, backend: string): void {
  if (tf.findBackend(backend) == null) throw new Error(`it has no backend ${backend}`);
  const environment = tf.env();
  const before = environment.getBool("PROD");
  environment.set("PROD", true);
  try {
    onBackend(tf, backend, () => {
      const [six] = tf
        .grad((x) => tf.mul(x, 3))(tf.scalar(1), tf.scalar(2))
        .dataSync();
      if (six !== 6) throw new Error(`it computes 2 · 3 = ${six}`);
    });
  } finally {
    environment.set("PROD", before);
  }
}

/**
 * Computes on a backend, which stays in use for no longer than that, and leaves no tensor behind. Backends that need no
 * waiting, as these, are in use as soon as `setBackend` returns.
 */
export function onBackend(tf: Tf, backend: string, compute: () => void): void {
  const before = tf.getBackend();
  if (before !== backend) void tf.setBackend(backend);
  try {
    tf.tidy(compute);
  } finally {
    if (before !== undefined && before !== backend) void tf.setBackend(before);
  }
}
