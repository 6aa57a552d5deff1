import type { Tinypool } from "tinypool";
import { describe, expect, it } from "vitest";
import type { RunSpec } from "../../src/study/run.js";
import { runBatch } from "../../src/study/thread-batch.js";
import type { Job, News } from "../../src/study/thread-worker.js";

const runs = ["a", "b", "c"].map((id): RunSpec => ({ id, task: "decay", config: {}, seed: 1, engine: "wasm" }));

/** A thread that tells so much and dies. */
async function afterTelling(...news: readonly News[]) {
  const run = (async ({ port }: Job) => {
    for (const one of news) port.postMessage(one);
    port.close();
    throw new Error("terminated");
  }) as Tinypool["run"];
  const ended: [id: string, message: string | undefined][] = [];
  const onFinished = ({ id }: RunSpec, error: Error | undefined) => void ended.push([id, error?.message]);
  const { left } = await runBatch(runs, { pool: { run }, job: { registry: "", store: "" } }, { onFinished });
  return { ended, left: left.map(({ id }) => id) };
}

const stored = (...indices: readonly number[]): News => ({
  kind: "stored",
  runs: indices.map((index) => ({ index, summary: {} })),
});

describe("a thread that dies", () => {
  it("fails the run that it was at; those that it has not stored are left", async () => {
    const { ended, left } = await afterTelling({ kind: "begun", index: 0 }, stored(0), { kind: "begun", index: 1 });
    expect(ended).toEqual([
      ["a", undefined],
      ["b", "terminated"],
    ]);
    expect(left).toEqual(["c"]);
  });

  it("fails no run where all are stored", async () => {
    const { ended, left } = await afterTelling(stored(0, 1), stored(2));
    expect(ended).toEqual([
      ["a", undefined],
      ["b", undefined],
      ["c", undefined],
    ]);
    expect(left).toEqual([]);
  });
});
