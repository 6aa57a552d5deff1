import { createEngine } from "../kernels/create.js";
import { initialise } from "../nn/initialise.js";
import { lecunNormal } from "../nn/initialisers.js";
import { Mlp } from "../nn/mlp.js";
import { Streams } from "../rng/streams.js";
import type { Subject } from "./measure.js";
import type { Backend } from "./tfjs.js";
import { tfjsNetwork } from "./tfjs-network.js";

const widths = [4, 64, 64, 2] as const;
const [inputs, , , outputs] = widths;
const nameOf = (rows: number) => `policy inference 4-64-64-2 tanh, ${rows} row${rows === 1 ? "" : "s"}`;
const operations = (rows: number) => 2 * rows * (4 * 64 + 64 * 64 + 64 * 2);

/** A forward of a policy's network, logits alone. */
export function inference(engineName: string, rows: number): Subject {
  const engine = createEngine(engineName);
  const mlp = new Mlp(engine, { inputs, hidden: [64, 64], outputs, activation: "tanh" }, rows);
  const streams = new Streams(1);
  const [parameters, input] = [engine.allocate(mlp.size), engine.allocate(rows * inputs)];
  initialise(mlp, parameters, streams.get("init"), { hidden: lecunNormal, output: lecunNormal });
  streams.get("data").fillNormal(input);
  const run = () => void mlp.forward(parameters, input, rows);
  return { name: nameOf(rows), engine: engineName, operations: operations(rows), run };
}

/** The same on TensorFlow.js, the logits read. */
export function tfjsInference({ tf, activate, engine }: Backend, rows: number): Subject {
  const streams = new Streams(1);
  const { forward } = tfjsNetwork(tf, streams.get("init"), widths, "tanh");
  const input = new Float32Array(rows * inputs);
  streams.get("data").fillNormal(input);
  const run = () => void tf.tidy(() => forward(tf.tensor2d(input, [rows, inputs])).dataSync());
  return { name: nameOf(rows), engine, operations: operations(rows), prepare: activate, run };
}
