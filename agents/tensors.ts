import { InputError } from "../src/config/input-error.js";
import { suggest } from "../src/config/nearest.js";
import type { NamedTensor } from "../src/interchange/safetensors.js";
import type { Tensor } from "../src/nn/layout.js";
import { isVector, type Vector } from "../src/optim/transform.js";
import type { Agent } from "./agent.js";
import type { LivePart } from "./live-state.js";

/** The parts of an agent's state that have the parameters' layout. */
export type TensorPart = "parameters" | "optimizers" | "others";

/** One tensor in an agent's state. */
interface Place extends NamedTensor {
  readonly name: string;
  readonly part: TensorPart;
  /** A view into the state, or a number's value. */
  readonly data: Vector;
  /** Writes into the state. */
  assign(values: Vector): void;
}

/**
 * An agent's whole state as named tensors:
 *
 *     policy.layer0.weights [inputs, units], policy.layer0.bias, …, value.layer0.weights, …    the parameters
 *     policy.logDeviations [action width]                   ω = log σ of a Gaussian policy
 *     optimizer.squareAverage.policy.layer0.weights, …      an accumulator, where it has the parameters' layout
 *     optimizer.step []                                     its numbers, float64
 *     optimizers.policy.…, optimizers.value.…               where policy and value have an optimizer each
 *     update, rollout.next, observationMoments.mean, …      what else the agent goes on with
 *
 * Weights are [inputs, outputs], row-major: the transpose of `torch.nn.Linear`'s. Vectors are live views: what is written
 * into them is what the agent goes on with.
 */
export function agentTensors(agent: Agent): Map<string, NamedTensor> {
  return new Map(placesOf(agent).map(({ name, shape, data }) => [name, { shape, data }]));
}

/**
 * Overwrites an agent's state, or its parameters alone, by tensors that {@link agentTensors} gave of an agent of the same
 * configuration. To go on to the same bits take a checkpoint: it holds the environment and the random streams as well.
 *
 * @param source first in messages, the file
 * @throws InputError where a tensor is missing, has another shape or type, or is none of the agent's; nothing has changed
 */
export function loadAgentTensors(
  agent: Agent,
  tensors: ReadonlyMap<string, NamedTensor>,
  {
    parts = ["parameters", "optimizers", "others"],
    source = "tensors",
  }: { readonly parts?: readonly TensorPart[]; readonly source?: string } = {},
): void {
  const places = placesOf(agent);
  const names = places.map(({ name }) => name);
  const unknown = [...tensors.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new InputError(`${source}: no tensor "${unknown}" of the agent${suggest(unknown, names)}`);
  const wanted = places.filter(({ part }) => parts.includes(part));
  for (const place of wanted) {
    const found = described(tensors.get(place.name));
    if (found !== described(place))
      throw new InputError(`${source}: ${place.name}: expected ${described(place)}, found ${found}`);
  }
  for (const { name, assign } of wanted) assign((tensors.get(name) as NamedTensor).data as Vector);
}

function described(tensor: NamedTensor | undefined): string {
  return tensor === undefined ? "nothing" : `${tensor.data.constructor.name} [${tensor.shape}]`;
}

function placesOf(agent: Agent): Place[] {
  const { parameters, optimizers = [] } = agent.state;
  const layout = parameterLayout(agent);
  const states = optimizers as readonly LivePart[];
  const valueStart = layout.find(({ name }) => name.startsWith("value."))?.offset ?? parameters.length;
  const own = [
    { name: "optimizers.policy", from: 0, to: valueStart },
    { name: "optimizers.value", from: valueStart, to: parameters.length },
  ];
  const whole = { name: "optimizer", from: 0, to: parameters.length };
  return [
    ...splitVector("", parameters, layout).map(withPart("parameters")),
    ...states.flatMap((state, k) => {
      const { name, from, to } = states.length === 1 ? whole : own[k];
      const window = layout.filter(({ offset }) => offset >= from && offset < to);
      const moved = window.map((tensor) => ({ ...tensor, offset: tensor.offset - from }));
      return nested(name, state, { size: to - from, tensors: moved }).map(withPart("optimizers"));
    }),
    ...nested("", agent.state, noLayout, ["parameters", "optimizers"]).map(withPart("others")),
  ];
}

const withPart =
  (part: TensorPart) =>
  (place: Omit<Place, "part">): Place => ({ ...place, part });

/** The tensors of the parameters, by the names of the networks; of an agent without one, all of them as one. */
function parameterLayout(agent: Agent): Tensor[] {
  const { parameters } = agent.state;
  const { networks, own } = agent.inspect();
  const offsetOf = (window: Float32Array) => (window.byteOffset - parameters.byteOffset) / parameters.BYTES_PER_ELEMENT;
  const tensors = Object.entries(networks).flatMap(([network, { net, parameters: window }]) =>
    net.layout.tensors.map((tensor) => ({
      ...tensor,
      name: `${network}.${tensor.name}`,
      offset: offsetOf(window) + tensor.offset,
    })),
  );
  if (own !== undefined && own.length > 0) {
    tensors.push({ name: "policy.logDeviations", offset: offsetOf(own), shape: [own.length], size: own.length });
  }
  if (tensors.length > 0) return tensors;
  return [{ name: "parameters", offset: 0, shape: [parameters.length], size: parameters.length }];
}

/** A vector's tensors, named behind a prefix. */
function splitVector(prefix: string, vector: Vector, tensors: readonly Tensor[]): Omit<Place, "part">[] {
  return tensors.map(({ name, offset, shape, size }) => {
    const data = vector.subarray(offset, offset + size);
    return { name: prefix === "" ? name : `${prefix}.${name}`, shape, data, assign: (values) => data.set(values) };
  });
}

const noLayout = { size: Number.NaN, tensors: [] };

/** Numbers and vectors, nested, named by their paths; a vector of the layout's size by its tensors. */
function nested(
  prefix: string,
  state: LivePart,
  layout: { readonly size: number; readonly tensors: readonly Tensor[] },
  without: readonly string[] = [],
): Omit<Place, "part">[] {
  return Object.entries(state as Record<string, LivePart>).flatMap(([key, value]) => {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    if (without.includes(name)) return [];
    if (typeof value === "number") {
      const assign = ([given]: Vector) => void Object.assign(state, { [key]: given });
      return [{ name, shape: [], data: Float64Array.of(value), assign }];
    }
    if (!isVector(value)) return nested(name, value, layout);
    if (value.length === layout.size) return splitVector(name, value, layout.tensors);
    return [{ name, shape: [value.length], data: value, assign: (values: Vector) => value.set(values) }];
  });
}
