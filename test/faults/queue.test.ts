import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { RandomStream } from "../../src/rng/random-stream.js";
import { momentumStudy, undisturbedResults, withStudy } from "../cli/momentum-study.js";
import { processes, type Started } from "../cli/processes.js";
import { contents } from "../study/contents.js";
import { RedisServer, redisIsInstalled } from "../study/queue/redis-server.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { canPullCables, long } from "./means.js";
import { FarNetwork } from "./network.js";

const folder = temporaryFolders();
const start = processes();

/** Runs of a second or two. */
const study = momentumStudy(long ? 500_000 : 100_000);

describe.runIf(redisIsInstalled)("a queue", { timeout: 900_000 }, () => {
  const far = new FarNetwork();
  const server = new RedisServer({ addresses: canPullCables ? [far.near] : [] });
  let undisturbed: Record<string, string>;
  beforeAll(async () => {
    if (canPullCables) far.lay();
    undisturbed = undisturbedResults(folder(), study);
    await server.start();
  }, 300_000);
  afterAll(async () => {
    await server.remove();
    if (canPullCables) far.remove();
  });

  const worker = (here: string) => start({ here }, "worker", "--queue", server.url, "--jobs", "1");
  const coordinator = (here: string) => start({ here }, "run", "mine.yaml", "--queue", server.url);
  const saying = (one: Started, words: RegExp) =>
    vi.waitFor(() => expect(one.said()).toMatch(words), { timeout: 300_000 });
  async function endsUndisturbed(here: string, { exit, said }: Started): Promise<void> {
    expect([await exit, said()]).toEqual([0, expect.stringContaining("12/12 runs")]);
    expect(contents(join(here, "results"))).toEqual(undisturbed);
  }

  const kills = long ? 30 : 1;

  it(`gives the same bytes when of two workers ${kills} are killed at random moments, and replaced`, async () => {
    const random = new RandomStream(1, "kills");
    const home = folder();
    const workers = [worker(home), worker(home)];
    await Promise.all(workers.map((one) => saying(one, /takes runs/)));
    for (let killed = 0; killed < kills; ) {
      const here = withStudy(folder(), study);
      const one = coordinator(here);
      await saying(one, /mine: 12 runs/);
      while (killed < kills) {
        const over = await Promise.race([one.exit.then(() => true), pause(1000 * (1 + 5 * random.uniform()), false)]);
        if (over) break;
        const index = random.integer(2);
        workers[index].kill();
        workers[index] = worker(home);
        killed++;
      }
      await endsUndisturbed(here, one);
    }
    for (const one of workers) one.kill();
  });

  it("gives the same bytes when its server is killed and comes back", async () => {
    const here = withStudy(folder(), study);
    const [first, second] = [worker(here), worker(here)];
    const one = coordinator(here);
    await saying(one, /[1-9]\/12 runs/);
    await server.kill();
    await pause(1000);
    await server.start();
    await endsUndisturbed(here, one);
    for (const one of [first, second]) one.kill();
  });

  it.runIf(canPullCables)("gives the same bytes when a machine is cut off in a run, and comes back", async () => {
    const here = withStudy(folder(), study);
    // Another machine sees no folder of this one either.
    const hidden = join(here, "results");
    mkdirSync(hidden);
    const by = [...far.by, "sh", "-c", 'mount -t tmpfs none "$0" && exec "$@"', hidden];
    const away = start({ here: "/", by }, "worker", "--queue", server.urlAt(far.near), "--jobs", "1");
    await saying(away, /takes runs/);
    const one = coordinator(here);
    await saying(away, /run [0-9a-f]{16} done/);
    far.cut();
    if (long) {
      // For longer than the lock lasts, so that its run is taken over.
      const near = worker(here);
      await pause(20_000);
      expect(near.said()).toMatch(/run [0-9a-f]{16} done/);
    } else {
      await pause(2000);
    }
    far.join();
    await endsUndisturbed(here, one);
    away.kill();
  });
});
