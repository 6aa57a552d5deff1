import { Matrix } from "ml-matrix";
import { eigenvalues } from "../src/math/eigenvalues.js";
import { layersOf } from "../src/nn/layers.js";
import { norm } from "../src/optim/norm.js";
import type { Inspection } from "./agent.js";
import type { NetworkName, PlacedNetwork } from "./networks.js";

/** τ of dormancy, and δ of the effective rank, as their authors have them. */
const dormancy = 0.025;
const rest = 0.01;

/** Signs of a network that loses its ability to learn. */
export interface NetworkMeasures {
  /** The share of hidden units that are τ-dormant; 0 without hidden layers. */
  readonly dormantShare: number;
  /** The effective rank of the last hidden layer's activations; NaN without hidden layers. */
  readonly effectiveRank: number;
  /** ‖θ‖ of the network's parameters. */
  readonly weightNorm: number;
}

type Columns<Name extends NetworkName> = Record<`${Name}${"DormantShare" | "EffectiveRank" | "WeightNorm"}`, number>;

/** The measures of an agent's networks by column; NaN for one that it does not have. */
export function measureNetworks({ networks, observations, rows }: Inspection): Columns<"policy"> & Columns<"value"> {
  const none = { dormantShare: Number.NaN, effectiveRank: Number.NaN, weightNorm: Number.NaN };
  const measure = (network?: PlacedNetwork) => (network ? measureNetwork(network, observations, rows) : none);
  const [policy, value] = [measure(networks.policy), measure(networks.value)];
  return {
    policyDormantShare: policy.dormantShare,
    policyEffectiveRank: policy.effectiveRank,
    policyWeightNorm: policy.weightNorm,
    valueDormantShare: value.dormantShare,
    valueEffectiveRank: value.effectiveRank,
    valueWeightNorm: value.weightNorm,
  };
}

/**
 * Measures a network on observations:
 *
 *     unit i of a layer is dormant     mean |hᵢ| ≤ τ · mean over the layer of mean |hⱼ|,     τ = 0.025
 *     effective rank                   the least k with Σ_{i ≤ k} σᵢ ≥ (1 − δ) Σ σᵢ,         δ = 0.01
 *
 * with σ the singular values of the last hidden layer's activations [rows, units], largest first.
 *
 * Source: Sokar et al. (2023), definition 3.1; Kumar et al. (2021), section 3.
 *
 * @param observations [rows, observation size], a vector of the engine
 */
export function measureNetwork(
  { net, parameters }: PlacedNetwork,
  observations: Float32Array,
  rows: number,
): NetworkMeasures {
  net.forward(parameters, observations, rows);
  const widths = layersOf(net.layout).map(({ weights }) => weights.shape[1]);
  const hidden = widths.slice(0, -1);
  let dormant = 0;
  hidden.forEach((units, layer) => {
    dormant += dormantUnits(net.values[layer], rows, units);
  });
  const units = hidden.reduce((sum, width) => sum + width, 0);
  const top = hidden.length - 1;
  return {
    dormantShare: units === 0 ? 0 : dormant / units,
    effectiveRank: units === 0 ? Number.NaN : effectiveRank(net.values[top], rows, hidden[top]),
    weightNorm: norm(parameters),
  };
}

/** The number of τ-dormant units of a layer with these activations [rows, units]. */
export function dormantUnits(activations: ArrayLike<number>, rows: number, units: number): number {
  const sizes = new Float64Array(units);
  for (let i = 0; i < rows * units; i++) sizes[i % units] += Math.abs(activations[i]);
  const limit = (dormancy * sizes.reduce((sum, size) => sum + size, 0)) / units;
  return sizes.filter((size) => size <= limit).length;
}

/** The effective rank of a matrix [rows, units]: of its singular values, the roots of its Gram matrix' eigenvalues. */
export function effectiveRank(matrix: ArrayLike<number>, rows: number, units: number): number {
  const gram = Matrix.zeros(units, units);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < units; i++) {
      for (let j = 0; j < units; j++) {
        gram.set(i, j, gram.get(i, j) + matrix[row * units + i] * matrix[row * units + j]);
      }
    }
  }
  const singular = eigenvalues(gram)
    .map(({ re }) => Math.sqrt(Math.max(re, 0)))
    .sort((a, b) => b - a);
  const enough = (1 - rest) * singular.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  let rank = 0;
  while (rank < units && sum < enough) sum += singular[rank++];
  return rank;
}
