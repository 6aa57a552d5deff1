import { describe, expect, it } from "vitest";
import { gameTask } from "../../gan/task.js";
import { record } from "../record.js";

const ring = (optimizer: object, seed: number, steps = 4000) =>
  record(gameTask, { game: { name: "ring" }, optimizer, steps }, seed).then(
    ({ result }) => result.summary.measured as Record<string, number>,
  );

describe("the ring GAN", () => {
  it("covers at least six of eight modes under Adam β₁ = 0.5 on each of three seeds", async () => {
    for (const seed of [1, 2, 3]) {
      const { modes } = await ring({ name: "adam", lr: 0.001, beta1: 0.5, beta2: 0.99 }, seed);
      expect(modes).toBeGreaterThanOrEqual(6);
    }
  });

  it("chatters at least 20 times less under Adam β₁ = 0.9 than under RMSprop", async () => {
    const mean = async (optimizer: object) => {
      const values = await Promise.all([1, 2, 3].map(async (seed) => (await ring(optimizer, seed)).chatter));
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    const rmsprop = await mean({ name: "rmsprop", lr: 0.001, rho: 0.99 });
    const adam = await mean({ name: "adam", lr: 0.001, beta1: 0.9, beta2: 0.99 });
    expect(rmsprop / adam).toBeGreaterThan(20);
  });

  it("goes round slowly under Adam β₁ = β₂ = 0.9 at a small learning rate, on at least one of three seeds", async () => {
    const cycles = await Promise.all(
      [1, 2, 3].map(async (seed) => (await ring({ name: "adam", lr: 0.0002, beta1: 0.9, beta2: 0.9 }, seed)).slowCycle),
    );
    expect(Math.max(...cycles)).toBeGreaterThan(1);
  });
});
