import type { Engine } from "../src/kernels/engine.js";
import { initialise } from "../src/nn/initialise.js";
import { orthogonal } from "../src/nn/initialisers.js";
import { type HiddenSpec, Mlp } from "../src/nn/mlp.js";
import type { RandomStream } from "../src/rng/random-stream.js";
import type { Policy } from "./policies/policy.js";

/** The networks that an agent may have. */
export type NetworkName = "policy" | "value";

/** A part of an agent in its flat vectors. */
export interface Window {
  readonly parameters: Float32Array;
  readonly gradients: Float32Array;
}

/** A network and its windows. */
export interface PlacedNetwork extends Window {
  readonly net: Mlp;
}

/** A policy's network and the policy's own parameters, one after the other in flat vectors. */
export interface Actor extends Window {
  readonly policy: PlacedNetwork;
  /** The policy's parameters that no network computes. */
  readonly own: Window;
  /** What trains the policy, and what trains the value where there is one: together the whole vectors. */
  readonly parts: { readonly policy: Window; readonly value?: Window };
}

/** The same, and a value network behind them. */
export interface ActorCritic extends Actor {
  readonly value: PlacedNetwork;
}

/** What the networks are made for. */
export interface ActorSpec {
  /** Numbers of an observation. */
  readonly inputs: number;
  readonly policy: Pick<Policy, "outputs" | "parameters" | "initialise">;
  /** Hidden layers, of each of the networks. */
  readonly network: HiddenSpec;
  /** Most rows of a forward of the policy's network. */
  readonly policyRows: number;
}

/** Vectors start at multiples of this many floats: an engine's kernels take aligned windows faster. */
const alignment = 4;
const hidden = orthogonal(Math.SQRT2);

/**
 * A network for a policy: orthogonal weights of gain √2, in the last layer 0.01, so that the policy starts as nearly the
 * same distribution everywhere. Biases start at 0.
 *
 * Source: Andrychowicz et al. (2021) for the small last layer; CleanRL for the gains.
 */
export function createActor(engine: Engine, spec: ActorSpec, stream: RandomStream): Actor {
  return createNetworks(engine, spec, null, stream);
}

/**
 * Separate networks for policy and value; the value's last layer has the gain 1.
 *
 * @param spec `valueRows` are the most rows of a forward of the value's network
 * @param stream draws the weights, the policy's first
 */
export function createActorCritic(
  engine: Engine,
  spec: ActorSpec & { readonly valueRows: number },
  stream: RandomStream,
): ActorCritic {
  const valueNet = new Mlp(engine, { ...spec.network, inputs: spec.inputs, outputs: 1 }, spec.valueRows);
  const actor = createNetworks(engine, spec, valueNet, stream);
  const value = { net: valueNet, ...(actor.parts.value as Window) };
  initialise(valueNet, value.parameters, stream, { hidden, output: orthogonal(1) });
  return { ...actor, value };
}

function createNetworks(engine: Engine, spec: ActorSpec, valueNet: Mlp | null, stream: RandomStream): Actor {
  const { inputs, network, policyRows, policy } = spec;
  const net = new Mlp(engine, { ...network, inputs, outputs: policy.outputs }, policyRows);
  const policySize = net.size + Math.ceil(policy.parameters / alignment) * alignment;
  const size = policySize + (valueNet?.size ?? 0);
  const parameters = engine.allocate(size);
  const gradients = engine.allocate(size);
  const window = (from: number, to: number): Window => ({
    parameters: parameters.subarray(from, to),
    gradients: gradients.subarray(from, to),
  });
  const placed = { net, ...window(0, net.size) };
  initialise(net, placed.parameters, stream, { hidden, output: orthogonal(0.01) });
  const own = window(net.size, net.size + policy.parameters);
  policy.initialise(own.parameters);
  return {
    parameters,
    gradients,
    policy: placed,
    own,
    parts: { policy: window(0, policySize), ...(valueNet !== null && { value: window(policySize, size) }) },
  };
}
