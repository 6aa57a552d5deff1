import { describe, expect, it } from "vitest";
import { dormantUnits, effectiveRank, measureNetwork } from "../../agents/network-measures.js";
import { rlTask } from "../../agents/task.js";
import { createEngine } from "../../src/kernels/create.js";
import { Mlp } from "../../src/nn/mlp.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { record } from "../record.js";

const normals = (size: number, seed: number) => {
  const stream = new RandomStream(seed, "data");
  return Float64Array.from({ length: size }, () => stream.normal());
};

describe("the measures of a network", () => {
  it("count a unit as dormant up to 0.025 of its layer's mean activation", () => {
    // Means of |h|: 4, 4, 0.05, 0 and, for the limit, 2.0125 · 0.025 = 0.0503.
    expect(dormantUnits([4, -4, 0.05, 0, -4, 4, -0.05, 0], 2, 4)).toBe(2);
    expect(dormantUnits([4, -4, 0.06, 0, -4, 4, -0.06, 0], 2, 4)).toBe(1);
  });

  it("find the rank of products of thin matrices, and of weaker directions only what counts", () => {
    const [rows, units] = [50, 12];
    for (const rank of [1, 3, 7]) {
      const [left, right] = [normals(rows * rank, rank), normals(rank * units, 10 + rank)];
      const product = Float64Array.from({ length: rows * units }, (_, i) => {
        let sum = 0;
        for (let k = 0; k < rank; k++) sum += left[Math.floor(i / units) * rank + k] * right[k * units + (i % units)];
        return sum;
      });
      expect(effectiveRank(product, rows, units)).toBe(rank);
    }
    // Singular values 100, 1, 1: two suffice for 99 % of 102.
    expect(effectiveRank([100, 0, 0, 0, 1, 0, 0, 0, 1], 3, 3)).toBe(2);
    expect(effectiveRank([1, 0, 0, 0, 1, 0, 0, 0, 1], 3, 3)).toBe(3);
  });

  it("see units that were cut off, and nothing hidden in a linear model", () => {
    const engine = createEngine("wasm");
    const net = new Mlp(engine, { inputs: 3, hidden: [8, 4], outputs: 2, activation: "tanh" }, 20);
    const parameters = engine.allocate(net.size);
    parameters.set(normals(net.size, 5));
    const observations = engine.allocate(60);
    observations.set(normals(60, 6));
    const network = { net, parameters, gradients: engine.allocate(net.size) };
    expect(measureNetwork(network, observations, 20)).toMatchObject({ dormantShare: 0, effectiveRank: 4 });
    const weights = net.layout.tensors[2];
    // Three of the last hidden layer's units get nothing from below, nor a bias.
    for (let i = 0; i < 8; i++) for (const unit of [0, 1, 3]) parameters[weights.offset + 4 * i + unit] = 0;
    parameters.fill(0, net.layout.tensors[3].offset, net.layout.tensors[3].offset + 4);
    expect(measureNetwork(network, observations, 20)).toMatchObject({ dormantShare: 3 / 12, effectiveRank: 1 });

    const linear = new Mlp(engine, { inputs: 3, hidden: [], outputs: 1, activation: "tanh" }, 20);
    const flat = { net: linear, parameters: engine.allocate(linear.size).fill(2), gradients: parameters };
    expect(measureNetwork(flat, observations, 20)).toEqual({
      dormantShare: 0,
      effectiveRank: Number.NaN,
      weightNorm: Math.sqrt(4 * linear.size),
    });
  });

  it("are written every so many updates and change nothing", async () => {
    const config = { env: { copies: 4 }, agent: { name: "ppo", rollout: 32 }, steps: 128 * 6 };
    const plain = await record(rlTask, config);
    const measured = await record(rlTask, { ...config, networkMeasuresEvery: 2 });
    expect(measured.result).toEqual(plain.result);
    expect(measured.tables.metrics).toEqual(plain.tables.metrics);
    expect(plain.tables.networks).toBeUndefined();
    expect(measured.tables.networks.update).toEqual([2, 4, 6]);
    expect(measured.tables.networks.step).toEqual([256, 512, 768]);
    for (const weightNorm of measured.tables.networks.valueWeightNorm) expect(weightNorm).toBeGreaterThan(5);
    const alone = { agent: { name: "reinforce", baseline: "none" }, steps: 300, networkMeasuresEvery: 1 };
    const { tables } = await record(rlTask, alone);
    expect(tables.networks.policyEffectiveRank[0]).toBeGreaterThan(1);
    expect(tables.networks.valueEffectiveRank[0]).toBeNaN();
  });
});
