import { describe, expect, it } from "vitest";
import { gameTask } from "../../../gan/task.js";
import { record } from "../../record.js";

const descent = { name: "sgd", lr: 0.1 };
const measured = async (config: object) => {
  const { result, tables } = await record(gameTask, config);
  const { measured, predicted } = result.summary as Record<"measured" | "predicted", Record<string, number>>;
  return { measured, predicted, metrics: tables.metrics };
};

describe("the cyclic game of three players", () => {
  const run = (order: string, game: object = {}) =>
    measured({ game: { name: "cyclic", ...game }, order, optimizer: descent, steps: 400 });

  it("grows by √(1 + 3a²) and turns by atan √3 a a step with simultaneous gradient descent, its mean at rest", async () => {
    const { measured, predicted, metrics } = await run("simultaneous", { start: [1, 0.5, -0.3] });
    expect(measured.spectralRadius).toBeCloseTo(Math.sqrt(1.03), 10);
    expect(measured.angle).toBeCloseTo(Math.atan(0.1 * Math.sqrt(3)), 10);
    expect(Math.max(...metrics.mean.map((mean) => Math.abs(mean - 0.4)))).toBeLessThan(1e-9);
    expect(predicted.flowImaginary).toBeCloseTo(Math.sqrt(3), 12);
  });

  it("closes its paths with alternating play, by cos θ = 1 − (3a² − a³)/2", async () => {
    const { measured } = await run("alternating");
    expect(measured.spectralRadius).toBeCloseTo(1, 10);
    expect(Math.cos(measured.angle)).toBeCloseTo(1 - (0.03 - 0.001) / 2, 10);
  });

  it("comes in where it dissipates, by |1 − ηγ ± i√3 ηc|", async () => {
    const { measured, predicted } = await run("simultaneous", { dissipation: 1 });
    expect(measured.spectralRadius).toBeCloseTo(Math.hypot(0.9, 0.1 * Math.sqrt(3)), 10);
    expect(predicted.flowDampingRatio).toBeCloseTo(0.5, 12);
  });
});

describe("matching pennies", () => {
  const run = (game: object, lr: number, order = "alternating") =>
    measured({ game: { name: "matchingPennies", ...game }, order, optimizer: { name: "sgd", lr }, steps: 4000 });

  it("goes round without end on the curves of cosh x + cosh y, which small alternating steps keep", async () => {
    const { measured, predicted, metrics } = await run({ start: [1, 0] }, 0.02);
    const begin = (Math.exp(1) + Math.exp(-1)) / 2 + 1;
    expect(Math.max(...metrics.invariant.map((value) => Math.abs(value / begin - 1)))).toBeLessThan(0.003);
    expect(Math.abs(measured.winding)).toBeGreaterThan(2);
    expect(predicted.flowImaginary).toBeCloseTo(0.25, 12);
    expect(predicted.flowDampingRatio).toBeCloseTo(0, 12);
  });

  it("comes to one half where players are paid for entropy, at the damping ratio τ/√(1 + τ²)", async () => {
    const { measured, predicted } = await run({ entropy: 0.5 }, 0.1);
    expect(measured.distance).toBeLessThan(1e-8);
    expect(predicted.flowDampingRatio).toBeCloseTo(0.5 / Math.sqrt(1.25), 12);
  });
});

describe("two time scales", () => {
  const config = (change: object) => ({
    game: { name: "dirac", r1: 0.5 },
    optimizer: descent,
    steps: 50,
    ...change,
  });

  it("give the first player its own learning rate, as if its optimizer had been named", async () => {
    const named = await record(gameTask, config({ optimizers: { discriminator: { name: "sgd", lr: 0.4 } } }));
    const scaled = await record(gameTask, config({ twoTimeScale: 4 }));
    const plain = await record(gameTask, config({}));
    expect(scaled.tables.metrics).toEqual(named.tables.metrics);
    expect(scaled.result.summary).toEqual(named.result.summary);
    expect(scaled.tables.metrics).not.toEqual(plain.tables.metrics);
  });

  it("are refused beside an optimizer of the first player", async () => {
    const both = config({ twoTimeScale: 4, optimizers: { discriminator: descent } });
    await expect(record(gameTask, both)).rejects.toThrow("optimizers.discriminator sets that player's learning rate");
  });
});
