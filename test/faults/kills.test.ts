import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { RandomStream } from "../../src/rng/random-stream.js";
import { momentumStudy, undisturbedResults, withStudy } from "../cli/momentum-study.js";
import { processes } from "../cli/processes.js";
import { ringdown } from "../cli/run-cli.js";
import { contents } from "../study/contents.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { long } from "./means.js";

const folder = temporaryFolders();
const start = processes();

const study = momentumStudy(20_000);
const place = () => withStudy(folder(), study);

let undisturbed: Record<string, string>;
/** What a study takes that nobody disturbs. */
let seconds: number;
beforeAll(() => {
  const alone = folder();
  const began = performance.now();
  undisturbed = undisturbedResults(alone, study);
  seconds = (performance.now() - began) / 1000;
}, 300_000);

/** Kills of whole process groups. */
const kills = long ? 100 : 3;

describe("a study", { timeout: 900_000 }, () => {
  it(`gives the same bytes after ${kills} kills at random moments`, async () => {
    const random = new RandomStream(1, "kills");
    let here = place();
    let finished = 0;
    for (let kill = 0; kill < kills; kill++) {
      const one = start({ here }, "run", "mine.yaml");
      await Promise.race([one.exit, pause(1000 * seconds * random.uniform())]);
      one.kill();
      if ((await one.exit) !== 0) continue;
      expect(contents(join(here, "results"))).toEqual(undisturbed);
      here = place();
      finished++;
    }
    expect(ringdown(here, "run", "mine.yaml").status).toBe(0);
    expect(contents(join(here, "results"))).toEqual(undisturbed);
    console.log(`${kills} processes, ${finished} of them done before they were killed`);
  });

  it.each(long ? [2, 4] : [2])("gives the same bytes when %i processes share it and one is killed", async (count) => {
    const here = place();
    const sharing = Array.from({ length: count }, () => start({ here }, "run", "mine.yaml", "--join", "--jobs", "1"));
    const runs = join(here, "results/mine/runs");
    await vi.waitFor(() => expect(readdirSync(runs).length).toBeGreaterThan(0), { timeout: 50_000, interval: 5 });
    sharing[0].kill();
    expect(await Promise.all(sharing.map(({ exit }) => exit))).toEqual(["SIGKILL", ...Array(count - 1).fill(0)]);
    expect(contents(join(here, "results"))).toEqual(undisturbed);
  });
});
