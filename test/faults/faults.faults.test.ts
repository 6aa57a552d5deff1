import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { RandomStream } from "../../src/rng/random-stream.js";
import { ringdown } from "../cli/run-cli.js";
import { builtCli } from "../study/built.js";
import { contents } from "../study/contents.js";
import { temporaryFolders } from "../study/temporary-folder.js";

const folder = temporaryFolders();

/** Kills of whole process groups; RINGDOWN_KILLS names another number. */
const kills = Number(process.env.RINGDOWN_KILLS ?? 100);

const study = `
name: mine
experiments:
  first:
    task: game
    config: { game: { name: bilinear }, optimizer: { name: momentum, lr: 0.1 }, steps: 20000 }
    grid: { optimizer.momentum: [-0.5, 0, 0.5, 0.9] }
    seeds: [1, 2, 3, 4, 5, 6]
`;

let undisturbed: Record<string, string>;
let seconds: number;
beforeAll(() => {
  const alone = folder();
  writeFileSync(join(alone, "mine.yaml"), study);
  const began = performance.now();
  expect(ringdown(alone, "run", "mine.yaml").status).toBe(0);
  seconds = (performance.now() - began) / 1000;
  undisturbed = contents(join(alone, "results"));
});

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) killGroup(child);
});

/** A process in a group of its own. */
function start(here: string, ...words: string[]): { child: ChildProcess; exit: Promise<unknown> } {
  const command = [builtCli, "run", "mine.yaml", ...words];
  const child = spawn(process.execPath, command, { cwd: here, stdio: "ignore", detached: true });
  started.push(child);
  return { child, exit: new Promise((resolve) => child.on("close", (status, signal) => resolve(signal ?? status))) };
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, "SIGKILL");
}

function place(): string {
  const here = folder();
  writeFileSync(join(here, "mine.yaml"), study);
  return here;
}

describe("a study", () => {
  it(`gives the same bytes after ${kills} kills at random moments`, async () => {
    const random = new RandomStream(1, "kills");
    let here = place();
    let finished = 0;
    for (let kill = 0; kill < kills; kill++) {
      const { child, exit } = start(here);
      await Promise.race([exit, pause(1000 * seconds * random.uniform())]);
      killGroup(child);
      if ((await exit) !== 0) continue;
      expect(contents(join(here, "results"))).toEqual(undisturbed);
      here = place();
      finished++;
    }
    expect(ringdown(here, "run", "mine.yaml").status).toBe(0);
    expect(contents(join(here, "results"))).toEqual(undisturbed);
    console.log(`${kills} processes, ${finished} of them done before they were killed`);
  });

  it.each([2, 4])("gives the same bytes when %i processes share it and one is killed", async (count) => {
    const here = place();
    const processes = Array.from({ length: count }, () => start(here, "--join", "--jobs", "1"));
    await pause(600 * seconds);
    killGroup(processes[0].child);
    const exits = await Promise.all(processes.map(({ exit }) => exit));
    expect(exits.slice(1)).toEqual(Array(count - 1).fill(0));
    expect(contents(join(here, "results"))).toEqual(undisturbed);
  });
});

const canMount = process.platform === "linux" && process.getuid?.() === 0;
if (!canMount) console.warn("skipped: file systems are mounted by root only");

describe.runIf(canMount)("a file system", () => {
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
    const here = place();
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
    const here = place();
    mount(here, "ro");
    const { status, stderr } = ringdown(here, "run", "mine.yaml");
    expect([status, stderr]).toEqual([2, "ringdown: results/mine: cannot write there: the file system is read-only\n"]);
  });
});
