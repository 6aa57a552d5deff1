import type { Engine } from "../src/kernels/engine.js";
import { initialise } from "../src/nn/initialise.js";
import { orthogonal } from "../src/nn/initialisers.js";
import { type HiddenSpec, Mlp } from "../src/nn/mlp.js";
import type { RandomStream } from "../src/rng/random-stream.js";
import type { Policy } from "./policies/policy.js";

/** Where a part of an agent stands in its flat vectors. */
export interface Window {
  readonly parameters: Float32Array;
  readonly gradients: Float32Array;
}

/** A network and its windows. */
export interface PlacedNetwork extends Window {
  readonly net: Mlp;
}

/** A policy's network, the policy's own parameters, and a value network, one after the other in flat vectors. */
export interface ActorCritic extends Window {
  readonly policy: PlacedNetwork;
  /** The policy's parameters that no network computes. */
  readonly own: Window;
  readonly value: PlacedNetwork;
}

/** What the two networks are made for. */
export interface ActorCriticSpec {
  /** Numbers of an observation. */
  readonly inputs: number;
  readonly policy: Pick<Policy, "outputs" | "parameters">;
  /** Hidden layers, of each of the two. */
  readonly network: HiddenSpec;
  /** Most rows of a forward of the policy's network, and of the value's. */
  readonly policyRows: number;
  readonly valueRows: number;
}

/** Vectors start at multiples of this many floats: an engine's kernels take aligned windows faster. */
const alignment = 4;

/**
 * Separate networks for policy and value, with orthogonal weights of gain √2, in the last layer 0.01 (policy: nearly
 * the same distribution everywhere) and 1 (value). Biases and the policy's own parameters start at 0.
 *
 * Source: Andrychowicz et al. (2021) for the small last layer; CleanRL for the gains.
 *
 * @param stream draws the weights, the policy's first
 */
export function createActorCritic(engine: Engine, spec: ActorCriticSpec, stream: RandomStream): ActorCritic {
  const { inputs, network } = spec;
  const policyNet = new Mlp(engine, { ...network, inputs, outputs: spec.policy.outputs }, spec.policyRows);
  const valueNet = new Mlp(engine, { ...network, inputs, outputs: 1 }, spec.valueRows);
  const ownSize = Math.ceil(spec.policy.parameters / alignment) * alignment;
  const size = policyNet.size + ownSize + valueNet.size;
  const parameters = engine.allocate(size);
  const gradients = engine.allocate(size);
  const window = (from: number, length: number): Window => ({
    parameters: parameters.subarray(from, from + length),
    gradients: gradients.subarray(from, from + length),
  });
  const policy = { net: policyNet, ...window(0, policyNet.size) };
  const own = window(policyNet.size, spec.policy.parameters);
  const value = { net: valueNet, ...window(policyNet.size + ownSize, valueNet.size) };
  const hidden = orthogonal(Math.SQRT2);
  initialise(policyNet, policy.parameters, stream, { hidden, output: orthogonal(0.01) });
  initialise(valueNet, value.parameters, stream, { hidden, output: orthogonal(1) });
  return { parameters, gradients, policy, own, value };
}
