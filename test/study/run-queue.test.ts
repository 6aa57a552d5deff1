import { describe, expect, it } from "vitest";
import type { RunSpec } from "../../src/study/run.js";
import { listQueue, type RunQueue, sharedQueue } from "../../src/study/run-queue.js";

const runs = Array.from(
  { length: 10 },
  (_, seed): RunSpec => ({ id: `id${seed}`, task: "decay", config: {}, seed, engine: "wasm" }),
);
const seeds = (taken: readonly RunSpec[]) => taken.map(({ seed }) => seed);

describe.each<[string, () => RunQueue]>([
  ["a list of runs", () => listQueue(runs)],
  ["a shared queue that nobody shares", () => sharedQueue(runs, { ...world(), onStored: () => {} })],
])("%s", (_, make) => {
  it("gives every run once, in order, those that were put back first", async () => {
    const queue = make();
    expect(seeds(await queue.take(3))).toEqual([0, 1, 2]);
    const taken = await queue.take(3);
    await queue.putBack(taken.slice(1));
    expect(seeds(await queue.take(4))).toEqual([4, 5, 6, 7]);
    expect(seeds(await queue.take(64))).toEqual([8, 9]);
    expect(await queue.take(64)).toEqual([]);
  });
});

/** A store and claims in memory, seen by several processes. */
function world() {
  const stored = new Set<string>();
  const claimed = new Set<string>();
  const claims = {
    claim: async (id: string) => !claimed.has(id) && claimed.add(id) !== undefined,
    release: async (id: string) => void claimed.delete(id),
  };
  return { store: { has: async (id: string) => stored.has(id) }, claims, stored, claimed };
}

describe("shared queues", () => {
  it("never give a run to two, and tell each process of what the other has stored", async () => {
    const { store, claims, stored } = world();
    const told: number[][] = [[], []];
    const work = async (process: number) => {
      const onStored = ({ seed }: RunSpec) => void told[process].push(seed);
      const queue = sharedQueue(runs, { store, claims, onStored, pause: 5 });
      const done: number[] = [];
      for (let taken = await queue.take(2); taken.length > 0; taken = await queue.take(2)) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        for (const run of taken) {
          stored.add(run.id);
          done.push(run.seed);
          await queue.close(run);
        }
      }
      return done;
    };
    const done = await Promise.all([work(0), work(1)]);
    expect(done.flat().sort((a, b) => a - b)).toEqual(runs.map(({ seed }) => seed));
    for (const process of [0, 1]) expect(told[process].sort()).toEqual(done[1 - process].sort());
    expect(done.every(({ length }) => length > 0)).toBe(true);
  });

  it("wait for what another process has, and take it over when it gives it back without a result", async () => {
    const { store, claims, claimed } = world();
    claimed.add("id3");
    const queue = sharedQueue(runs, { store, claims, onStored: () => {}, pause: 5 });
    expect(seeds(await queue.take(64))).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9]);
    const last = queue.take(64);
    setTimeout(() => claimed.delete("id3"), 30);
    expect(seeds(await last)).toEqual([3]);
  });

  it("stop waiting when they are told to", async () => {
    const { store, claims, claimed } = world();
    for (const { id } of runs) claimed.add(id);
    const interruption = new AbortController();
    const queue = sharedQueue(runs, { store, claims, onStored: () => {}, pause: 60_000, signal: interruption.signal });
    const waiting = queue.take(1);
    setTimeout(() => interruption.abort(), 10);
    expect(await waiting).toEqual([]);
  });
});
