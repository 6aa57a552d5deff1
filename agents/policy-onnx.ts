import type { EnvSpec } from "../envs/dynamics.js";
import type { Box, Discrete } from "../envs/spaces/index.js";
import { InputError } from "../src/config/input-error.js";
import { packageVersion } from "../src/config/package.js";
import { addMlp } from "../src/interchange/onnx-mlp.js";
import { elementTypes, OnnxGraph } from "../src/interchange/onnx-model.js";
import { exp } from "../src/math/elementary/exponential.js";
import type { LoadedTraining } from "./load-training.js";
import { bound, epsilon } from "./normalisers.js";
import type { RlTaskConfig } from "./task-schema.js";

/**
 * A trained policy as an ONNX model (opset 17), of rows of observations in their flat form, as the agent saw them before
 * any normalisation:
 *
 *     observation [rows, size]  →  logits [rows, n], action [rows]                             one of n actions
 *     observation [rows, size]  →  mean [rows, d], deviation [d], action [rows, d]             a box
 *
 * `action` is the policy's mode as the environment takes it: the likeliest action, or the mean, clipped to the box or
 * squashed into it. To draw actions, take softmax(logits), or mean + deviation · N(0, I) and clip or squash that.
 * Observations are normalised inside, in float64, by the moments as they are.
 *
 *     await writeFile("policy.onnx", policyOnnx(await loadTraining("cartpole")));
 *
 * @throws InputError for an agent without networks
 */
export function policyOnnx({
  agent,
  config,
  env: { spec },
}: Pick<LoadedTraining, "agent" | "config" | "env">): Uint8Array {
  const { networks, own = new Float32Array(0) } = agent.inspect();
  if (networks.policy === undefined || config.network === undefined) {
    throw new InputError(`agent: ${config.agent.name} has no network; expected a policy with one for ONNX`);
  }
  const graph = new OnnxGraph("policy");
  const { net, parameters } = networks.policy;
  const seen = addObservation(graph, spec, agent.state.observationMoments as Moments | undefined);
  const output = addMlp(graph, seen, config.network, { layout: net.layout, parameters }, "network");
  if (spec.actionSpace.kind === "discrete") addChoice(graph, output, spec.actionSpace as Discrete);
  else addBoxPolicy(graph, output, spec.actionSpace as Box, own, isSquashed(config));
  const described = `the policy of ${config.agent.name}, trained on ${spec.id}`;
  return graph.encode(packageVersion, described, { env: spec.id, config: JSON.stringify(config) });
}

type Moments = { readonly mean: Float64Array; readonly variance: Float64Array };

const isSquashed = ({ agent }: RlTaskConfig) => "actions" in agent && agent.actions === "squashed";

/** The input; returns the name of what the network sees. */
function addObservation(graph: OnnxGraph, { observationSpace }: EnvSpec, moments: Moments | undefined): string {
  const { kind, size } = observationSpace;
  const form = kind === "discrete" ? "one-hot" : "as the environment gives it";
  const input = graph.input({
    name: "observation",
    type: "float32",
    shape: ["rows", size],
    description: `${observationSpace}, ${form}`,
  });
  if (moments === undefined) return input;
  const { mean, variance } = moments;
  const deviation = variance.map((value) => Math.sqrt(value + epsilon));
  const wide = graph.node("Cast", [input], { to: { integer: elementTypes.float64 } });
  const centred = graph.node("Sub", [wide, graph.constant([size], mean)]);
  const scaled = graph.node("Div", [centred, graph.constant([size], deviation)]);
  const low = graph.constant([], Float64Array.of(-bound));
  const clipped = graph.node("Clip", [scaled, low, graph.constant([], Float64Array.of(bound))]);
  return graph.node("Cast", [clipped], { to: { integer: elementTypes.float32 } });
}

function addChoice(graph: OnnxGraph, output: string, space: Discrete): void {
  const { n, start } = space;
  graph.node("Identity", [output], {}, "logits");
  graph.output({ name: "logits", type: "float32", shape: ["rows", n], description: "their softmax is the policy" });
  const index = graph.node("ArgMax", ["logits"], { axis: { integer: 1 }, keepdims: { integer: 0 } });
  graph.node("Add", [index, graph.constant([], BigInt64Array.of(BigInt(start)))], {}, "action");
  graph.output({ name: "action", type: "int64", shape: ["rows"], description: `the likeliest: ${space}` });
}

function addBoxPolicy(
  graph: OnnxGraph,
  output: string,
  box: Box,
  logDeviations: Float32Array,
  squashed: boolean,
): void {
  const { low, high, size } = box;
  const vector = (of: (k: number) => number) =>
    graph.constant(
      [size],
      Float32Array.from({ length: size }, (_, k) => of(k)),
    );
  graph.node("Identity", [output], {}, "mean");
  const meaning = squashed
    ? "of u; the action is its tanh in the box"
    : "of the action, before it is clipped to the box";
  graph.output({ name: "mean", type: "float32", shape: ["rows", size], description: meaning });
  graph.node("Identity", [vector((k) => exp(logDeviations[k]))], {}, "deviation");
  graph.output({
    name: "deviation",
    type: "float32",
    shape: [size],
    description: "around the mean, whatever is observed",
  });
  const action = squashed
    ? graph.node("Add", [
        graph.node("Mul", [graph.node("Tanh", ["mean"]), vector((k) => (high[k] - low[k]) / 2)]),
        vector((k) => (low[k] + high[k]) / 2),
      ])
    : "mean";
  // Clip takes one bound for all entries.
  graph.node(
    "Min",
    [graph.node("Max", [action, graph.constant([size], low)]), graph.constant([size], high)],
    {},
    "action",
  );
  graph.output({ name: "action", type: "float32", shape: ["rows", size], description: `${box}` });
}
