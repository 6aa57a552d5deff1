import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Memory {
  readonly outcome: string;
  readonly rows: number;
  readonly heap: number[];
  readonly arrayBuffers: number[];
  readonly resident: number[];
  readonly garbage: number[];
}

/** A whole run in a process of its own; young objects have so much room that none is collected while garbage is counted. */
function memoryOf(task: string, config: object, engine: string): Memory {
  const flags = ["--expose-gc", "--max-semi-space-size=64"];
  const words = [...flags, join(import.meta.dirname, "run.mjs"), task, JSON.stringify(config), engine];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const growth = (series: readonly number[]) => series[series.length - 1] - series[0];
const median = (series: readonly number[]) => series.toSorted((a, b) => a - b)[series.length >> 1];
const kilobyte = 1024;

const ring = { game: { name: "ring" }, optimizer: { name: "rmsprop", lr: 0.001 } };
const bandit = { id: "ContextualBandit-v0" };
const small = { network: { hidden: [8, 8] }, batch: 16 };

describe("the memory of a run", () => {
  it.each([
    ["100 000 steps of a GAN", "game", { ...ring, ...small, steps: 100_000 }, 100_000],
    ["a million steps of an actor-critic", "rl", { env: { id: "CartPole-v1" }, steps: 1_000_000 }, 12_500],
    ["a million steps of PPO", "rl", { env: { id: "CartPole-v1" }, agent: { name: "ppo" }, steps: 1_000_000 }, 1953],
  ])("is flat from the second tenth to the last: %s", (_, task, config, rows) => {
    const { outcome, rows: done, heap, arrayBuffers, resident } = memoryOf(task, config, "wasm");
    expect([outcome, done, heap.length]).toEqual(["completed", rows, expect.toSatisfy((n) => n >= 9)]);
    // 100 bytes that every step left behind would be 8 MB. Measured: 15 kB, from code that gets compiled.
    expect(growth(heap)).toBeLessThan(256 * kilobyte);
    expect(growth(arrayBuffers)).toBeLessThan(128 * kilobyte);
    // A game's two observables are kept for its measures, 16 bytes a step in memory set aside at the start: 1.4 MB.
    expect(growth(resident)).toBeLessThan(6 * 1024 * kilobyte);
  });

  it.each([
    // What boxes a number here and there: 2.3 kB.
    ["a step of a GAN of 64-64 units at a batch of 256", "game", { ...ring, network: {}, steps: 4000 }, 6],
    // Of all agents: rows, and numbers that functions return, which are put on the heap. 3 to 5.5, 11, 10 and 2 kB.
    ["an update of an actor-critic", "rl", { env: { id: "CartPole-v1" }, steps: 200_000 }, 8],
    // 16 minibatches of 128 rows: a number at each row would be 32 kB, a vector at each minibatch 288 kB or more.
    ["an update of PPO", "rl", { env: { id: "CartPole-v1" }, agent: { name: "ppo" }, steps: 200_000 }, 16],
    // Episodes of hundreds of steps: two windows at each were 198 kB. What is left depends on when V8 compiles what.
    ["an update of REINFORCE", "rl", { env: { id: "CartPole-v1" }, agent: { name: "reinforce" }, steps: 200_000 }, 32],
    ["a pull of a gradient bandit", "rl", { env: bandit, agent: { name: "gradientBandit" }, steps: 50_000 }, 3],
  ])("grows by no vector in %s", (_, task, config, kilobytes) => {
    const { garbage } = memoryOf(task, config, "wasm");
    expect(garbage.length).toBeGreaterThanOrEqual(8);
    expect(median(garbage)).toBeGreaterThan(0);
    // One player's gradient alone would be 18 kB, one layer's activations 64 kB; an actor-critic's 18 kB and 20 kB.
    expect(median(garbage)).toBeLessThan(kilobytes * kilobyte);
  });
});

describe("a step of an environment", () => {
  it.each([
    ["without drift", []],
    [
      "under a sine",
      [{ parameter: "length", schedule: { name: "always" }, update: { name: "sine", amplitude: 0.1, period: 1e4 } }],
    ],
    [
      "under a random walk",
      [{ parameter: "gravity", schedule: { name: "always" }, update: { name: "randomWalk", deviation: 0.001 } }],
    ],
  ])("leaves nothing on the heap: %s", (_, drift) => {
    const flags = ["--expose-gc", "--max-semi-space-size=64"];
    const words = [...flags, join(import.meta.dirname, "environments.mjs"), JSON.stringify(drift)];
    const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    // One number a step would be 12 bytes or more. Measured: 1.5 to 4, from what the few resets draw.
    expect(JSON.parse(stdout).garbage).toBeLessThan(8);
  });
});
