import { describe, expect, it } from "vitest";
import { gameTask } from "../../gan/task.js";
import { record } from "../record.js";

type Fields = Record<"measured" | "predicted", Record<string, number>>;

async function play(config: object): Promise<Fields> {
  const { result } = await record(gameTask, { game: { name: "bilinear", start: [1, 0.5] }, steps: 400, ...config });
  return result.summary as unknown as Fields;
}

function expectSame({ measured, predicted }: Fields, tolerance = 1e-10) {
  expect(Math.abs(measured.spectralRadius - predicted.spectralRadius)).toBeLessThan(tolerance);
  expect(Math.abs(measured.angle - predicted.angle)).toBeLessThan(tolerance);
}

const orders = ["simultaneous", "alternating"] as const;
const sizes = [0.01, 0.1, 0.5];
const optimizers = {
  "gradient descent": { name: "sgd" },
  "gradient descent with decay": { name: "sgd", weightDecay: 0.2 },
  "heavy ball": { name: "momentum", momentum: 0.5 },
  "dampened heavy ball": { name: "momentum", momentum: 0.5, dampening: 0.3 },
  "heavy ball with decay": { name: "momentum", momentum: -0.5, weightDecay: 0.2 },
  "average form": { name: "momentum", momentum: 0.9, form: "average" },
  Nesterov: { name: "momentum", momentum: 0.5, nesterov: true },
  "Nesterov in average form": { name: "momentum", momentum: 0.5, nesterov: true, form: "average" },
  "Keras' Nesterov": { name: "momentum", momentum: 0.5, nesterov: true, flavour: "keras" },
  optimistic: { name: "optimisticGradient" },
  "half optimistic": { name: "optimisticGradient", optimism: 0.5 },
};

describe("a play of a linear game", () => {
  it.each(
    Object.keys(optimizers).flatMap((name) => orders.flatMap((order) => sizes.map((lr) => [name, order, lr] as const))),
  )("does what the closed form says: %s, %s, a = %d", async (name, order, lr) => {
    // Where two eigenvalues coincide (optimistic at a = ½) both sides keep half of their digits only.
    const a = name === "optimistic" && lr === 0.5 ? 0.45 : lr;
    expectSame(await play({ order, optimizer: { ...optimizers[name as keyof typeof optimizers], lr: a } }));
  });

  it.each(orders.flatMap((order) => sizes.map((lr) => [order, lr] as const)))(
    "does so with an optimizer per player: %s, a = %d",
    async (order, lr) => {
      const optimizer = { name: "momentum", lr, momentum: -0.3 };
      expectSame(await play({ order, optimizer, optimizers: { y: { name: "sgd", lr: 0.6 * lr } } }));
      expectSame(await play({ order, optimizer, optimizers: { y: { name: "optimisticGradient", lr } } }));
    },
  );

  it.each([...orders, "extragradient"])("does so with five moves of the first player: %s", async (order) => {
    for (const lr of sizes) expectSame(await play({ order, optimizer: { name: "sgd", lr }, firstPlayerSteps: 5 }));
  });

  it.each([...orders, "extragradient"])("does so with lookahead: %s", async (order) => {
    for (const lr of sizes) {
      for (const lookahead of [{}, { every: 6, share: 0.3 }]) {
        const fields = await play({ order, optimizer: { name: "sgd", lr }, lookahead, steps: 1500 });
        expectSame(fields);
        if (order === "simultaneous" && lr < 0.5) expect(fields.predicted.spectralRadius).toBeLessThan(1);
      }
    }
  });

  it.each(orders)("does so with lookahead around what remembers: %s", async (order) => {
    for (const optimizer of [
      { name: "momentum", momentum: 0.5 },
      { name: "momentum", momentum: 0.3, nesterov: true },
      { name: "optimisticGradient" },
    ]) {
      expectSame(await play({ order, optimizer: { ...optimizer, lr: 0.1 }, lookahead: { every: 4 }, steps: 1500 }));
    }
  });

  it.each([...orders, "extragradient"])("does so under consensus optimisation: %s", async (order) => {
    for (const [coupling, dissipation] of [
      [1, 0],
      [2, 0.1],
    ]) {
      const game = { name: "bilinear", coupling, dissipation, start: [1, 0.5] };
      const fields = await play({ game, order, optimizer: { name: "sgd", lr: 0.1 }, consensus: 0.2 });
      expectSame(fields);
      // G + γ Gᵀ G of a rotation c with dissipation d has the dissipation d + γ (c² + d²).
      const pull = dissipation + 0.2 * (coupling * coupling + dissipation * dissipation);
      expect(fields.predicted.flowReal).toBeCloseTo(-pull, 12);
      expect(fields.predicted.flowDampingRatio).toBeCloseTo(pull / Math.hypot(pull, coupling), 12);
    }
  });

  it("has no prediction where nothing moves, nor where a learning rate is too large for numbers", async () => {
    const still = { name: "bilinear", coupling: 0 };
    const { predicted } = await play({ game: still, optimizer: { name: "sgd", lr: 0.1 } });
    expect([predicted.spectralRadius, predicted.dampingRatio, predicted.flowDampingRatio]).toEqual([null, null, null]);
    const { predicted: huge } = await play({ order: "simultaneous", optimizer: { name: "sgd", lr: 1e200 } });
    expect([huge.spectralRadius, huge.dampingRatio, huge.flowDampingRatio]).toEqual([null, null, 0]);
  });

  it("keeps all digits without a coupling", async () => {
    const game = { name: "bilinear", coupling: 0, dissipation: 1 };
    const { predicted } = await play({ game, optimizer: { name: "sgd", lr: 0.1 } });
    expect(predicted.spectralRadius).toBeCloseTo(0.9, 15);
  });

  it("takes two turns for two turns: the predicted winding is the measured one", async () => {
    for (const optimizer of [{ name: "sgd" }, { name: "optimisticGradient" }, { name: "momentum", nesterov: true }]) {
      const { measured, predicted } = await play({ optimizer: { ...optimizer, lr: 0.05 }, order: "alternating" });
      expect(predicted.winding).toBeGreaterThan(2);
      expect(Math.abs(measured.winding - predicted.winding)).toBeLessThan(0.25);
    }
  });
});

describe("a play of adaptive optimizers on the bilinear game", () => {
  const adam = (beta1: number, lr = 0.01) => ({ name: "adam", lr, beta1, beta2: 0.999, eps: 0 });
  const optimistic = (beta1: number, optimism: number) => ({
    name: "optimisticAdam",
    lr: 0.01,
    beta1,
    beta2: 0.999,
    eps: 0,
    optimism,
  });

  it.each([
    ["momentum of one player only", "simultaneous", adam(0.5), adam(0)],
    ["momentum of one player only, alternating", "alternating", adam(0), adam(0.8)],
    ["two learning rates", "simultaneous", adam(0, 0.004), adam(0, 0.02)],
    ["two learning rates and two momenta", "alternating", adam(0.5, 0.02), adam(-0.2, 0.005)],
    ["optimistic Adam", "simultaneous", optimistic(0.8, 1), optimistic(0.8, 1)],
    ["half optimistic Adam", "alternating", optimistic(0.7, 0.5), optimistic(0.7, 0.5)],
  ])("ends on the predicted cycle: %s", async (_, order, x, y) => {
    const { measured, predicted } = await play({ order, optimizer: x, optimizers: { y }, steps: 40_000 });
    expect(Math.abs(measured.radius / predicted.radius - 1)).toBeLessThan(0.01);
    expect(Math.abs(measured.angle / predicted.angle - 1)).toBeLessThan(0.01);
  });

  it("has no prediction with two memories, lookahead, noise or more moves of one player", async () => {
    const other = { ...adam(0.5), beta2: 0.99 };
    for (const more of [
      { optimizers: { y: other } },
      { lookahead: {} },
      { firstPlayerSteps: 2 },
      { gradientNoise: 0.1 },
    ]) {
      const { predicted } = await play({ optimizer: adam(0.5), steps: 50, ...more });
      expect([predicted.radius, predicted.angle]).toEqual([null, null]);
    }
  });
});
