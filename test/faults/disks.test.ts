import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { momentumStudy, undisturbedResults, withStudy } from "../cli/momentum-study.js";
import { ringdown } from "../cli/run-cli.js";
import { contents } from "../study/contents.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { canMount } from "./means.js";

const folder = temporaryFolders();

/** Twelve runs of half a megabyte each, more than a disk of four has room for. */
const study = momentumStudy(20_000);

describe.runIf(canMount)("a file system", { timeout: 180_000 }, () => {
  const mounted: string[] = [];
  afterEach(() => {
    for (const at of mounted.splice(0)) spawnSync("umount", ["-l", at]);
  });
  function mount(here: string, options: string): string {
    const at = join(here, "results");
    mkdirSync(at);
    expect(spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", at]).status).toBe(0);
    mounted.push(at);
    return at;
  }

  it("that is full fails runs with a clear line; when there is room again the study resumes", () => {
    const undisturbed = undisturbedResults(folder(), study);
    const here = withStudy(folder(), study);
    const at = mount(here, "size=4m");
    const { status, stderr } = ringdown(here, "run", "mine.yaml");
    expect(status).toBe(1);
    expect(stderr).toMatch(/failed: ENOSPC: no space left on device/);
    const runs = readdirSync(join(at, "mine/runs"));
    expect(runs.length).toBeGreaterThan(0);
    expect(runs.filter((name) => name.startsWith("."))).toEqual([]);
    expect(spawnSync("mount", ["-o", "remount,size=400m", at]).status).toBe(0);
    expect(ringdown(here, "run", "mine.yaml").status).toBe(0);
    expect(contents(at)).toEqual(undisturbed);
  });

  it("that is read-only is refused before anything runs", () => {
    const here = withStudy(folder(), study);
    mount(here, "ro");
    const { status, stderr } = ringdown(here, "run", "mine.yaml");
    expect([status, stderr]).toEqual([2, "ringdown: results/mine: cannot write there: the file system is read-only\n"]);
  });
});
