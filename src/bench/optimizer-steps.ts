import { createEngine } from "../kernels/create.js";
import { createOptimizer, type OptimizerInput, optimizers } from "../optim/index.js";
import { Streams } from "../rng/streams.js";
import type { Subject } from "./measure.js";

/** As many as the ring GAN's generator and discriminator have together. */
const parameters = 8900;
/** Those that engines have kernels for. */
const fused = ["rmsprop", "adam", "adamw"] as const;

/** A step of each optimizer by its loop on float32 vectors, with its defaults. */
export function optimizerLoops(): Subject[] {
  return (Object.keys(optimizers) as (keyof typeof optimizers)[]).map((name) => step(name, undefined));
}

/** A step of the optimizers that engines have kernels for. */
export function optimizerKernels(engineName: string): Subject[] {
  return fused.map((name) => step(name, engineName));
}

function step(name: keyof typeof optimizers, engineName: string | undefined): Subject {
  const engine = engineName === undefined ? undefined : createEngine(engineName);
  const vector = () => engine?.allocate(parameters) ?? new Float32Array(parameters);
  const [values, gradients] = [vector(), vector()];
  const stream = new Streams(1).get("data");
  stream.fillNormal(values);
  stream.fillNormal(gradients);
  const optimizer = createOptimizer({ name, lr: 1e-6 } as OptimizerInput, engine);
  const state = optimizer.init(values);
  return {
    name: `optimizer step, ${name}`,
    engine: engineName ?? "typescript",
    operations: null,
    elementsPerCall: parameters,
    run: () => optimizer.step(values, gradients, state),
  };
}
