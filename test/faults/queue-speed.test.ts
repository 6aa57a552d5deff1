import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { gameTask } from "../../gan/task.js";
import { runFolder } from "../../src/study/folder-store.js";
import { host } from "../../src/study/host.js";
import { queueExecutor } from "../../src/study/queue/queue-executor.js";
import { queueStatus } from "../../src/study/queue/queue-status.js";
import type { RunSpec } from "../../src/study/run.js";
import { studySchema } from "../../src/study/schema.js";
import type * as ThreadsModule from "../../src/study/thread-executor.js";
import { processes, type Started } from "../cli/processes.js";
import { builtCli, builtStudy } from "../study/built.js";
import { planWithoutTuning } from "../study/plan-without-tuning.js";
import { RedisServer, redisIsInstalled } from "../study/queue/redis-server.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { long } from "./means.js";

const folder = temporaryFolders();
const start = processes();

/** Bilinear games. */
function runs(count: number, steps: number): RunSpec[] {
  const config = { game: { name: "bilinear" }, optimizer: { name: "momentum", lr: 0.1, momentum: -0.5 }, steps };
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  const study = studySchema.parse({ name: "mine", experiments: { first: { task: "game", config, seeds } } });
  return planWithoutTuning({ study, source: "mine.yaml" }, [gameTask], "wasm").experiments.flatMap(({ runs }) => runs);
}

// Each takes a minute or more, of a machine that does nothing else; the suite has no such machine.
describe.runIf(redisIsInstalled && long)("a queue", { timeout: 900_000 }, () => {
  const server = new RedisServer();
  let threads: typeof ThreadsModule;
  beforeAll(async () => {
    threads = await import(/* @vite-ignore */ builtStudy("thread-executor.js"));
    await server.start();
  });
  afterAll(() => server.remove());

  let workers: Started[];
  beforeEach(async () => {
    const words = ["worker", "--queue", server.url, "--jobs", "1"];
    workers = [1, 2].map(() => start({ here: folder() }, ...words));
    for (const { said } of workers) await vi.waitFor(() => expect(said()).toMatch(/takes runs/), { timeout: 60_000 });
  });

  /** Seconds that runs take, into an empty store. */
  async function secondsOf(where: "threads" | "queue", specs: readonly RunSpec[]): Promise<number> {
    const store = runFolder(folder());
    const registry = pathToFileURL(resolve(builtCli, "../tasks.js")).href;
    const executor =
      where === "queue"
        ? queueExecutor({ url: server.url, store })
        : threads.threadExecutor({ registry, store, jobs: 2 });
    const began = performance.now();
    expect((await executor.run(specs)).size).toBe(0);
    expect(await store.list()).toHaveLength(specs.length);
    return (performance.now() - began) / 1000;
  }

  it("lets two workers do as much as two threads, with 20 ms more a run at most", async () => {
    const [small, large] = [runs(200, 20), runs(6, 1_000_000)];
    const took = { queue: { small: 0, large: 0 }, threads: { small: 0, large: 0 } };
    // The first round loads the tasks; later ones are counted, and alternate, as a machine's speed drifts.
    for (const round of [0, 1, 2]) {
      for (const where of ["queue", "threads"] as const) {
        const seconds = {
          small: await secondsOf(where, small),
          large: round === 0 ? 0 : await secondsOf(where, large),
        };
        if (round === 0) continue;
        took[where].small += seconds.small / 2;
        took[where].large += seconds.large / 2;
      }
    }
    // Of each of the two hands.
    const overhead = (1000 * 2 * (took.queue.small - took.threads.small)) / small.length;
    const share = took.threads.large / took.queue.large;
    const each = (took.threads.large * 2) / large.length;
    console.log(
      `${overhead.toFixed(1)} ms more a run; on runs of ${each.toFixed(1)} s two workers do ${share.toFixed(3)} of what two threads do`,
    );
    expect(overhead).toBeLessThan(20);
    expect(share).toBeGreaterThan(0.95);
  });

  it("has a dead worker's run taken over within 20 s", async () => {
    const stop = new AbortController();
    const [run] = runs(1, 50_000_000);
    const store = runFolder(folder());
    const going = queueExecutor({ url: server.url, store }).run([run], { signal: stop.signal });
    const owner = async () => (await queueStatus(server.url)).active[0]?.worker;
    const owned = (by: readonly Started[]) =>
      vi.waitFor(async () => expect(by.map(({ pid }) => `${host}-${pid}`)).toContain(await owner()), {
        timeout: 60_000,
        interval: 100,
      });
    await owned(workers);
    const first = await owner();
    const [dead, other] = workers.toSorted((a) => (first === `${host}-${a.pid}` ? -1 : 1));
    dead.kill();
    const killed = performance.now();
    await owned([other]);
    const seconds = (performance.now() - killed) / 1000;
    console.log(`taken over after ${seconds.toFixed(1)} s`);
    expect(seconds).toBeLessThan(20);
    stop.abort();
    await going;
  });
});
