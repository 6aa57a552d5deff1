import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { builtCli } from "../study/built.js";
import { contents } from "../study/contents.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ringdown, ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

const study = (steps: number) => `
name: mine
experiments:
  first:
    task: game
    config: { game: { name: bilinear }, optimizer: { name: momentum, lr: 0.1 }, steps: ${steps} }
    grid: { optimizer.momentum: [-0.5, 0, 0.5] }
    seeds: [1, 2, 3, 4]
`;

/** A folder with the study, and one where a single process has run it. */
function prepared(steps = 2000): { here: string; undisturbed: Record<string, string> } {
  const [here, alone] = [folder(), folder()];
  for (const at of [here, alone]) writeFileSync(join(at, "mine.yaml"), study(steps));
  expect(ringdown(alone, "run", "mine.yaml").status).toBe(0);
  return { here, undisturbed: contents(join(alone, "results")) };
}

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

function start(here: string, ...words: string[]): ChildProcess {
  const options: SpawnOptions = { cwd: here, stdio: ["ignore", "ignore", "pipe"] };
  const child = spawn(process.execPath, [builtCli, "run", "mine.yaml", ...words], options);
  started.push(child);
  return child;
}
const ended = (child: ChildProcess) =>
  new Promise((resolve) => child.on("close", (status, signal) => resolve(signal ?? status)));

/** For tests that start several processes one after the other, on a machine that does other things too. */
const long = { timeout: 180_000 };

describe("several processes in one folder", long, () => {
  it("share a study, also when one of them is killed, and leave the bytes of one process and nothing else", async () => {
    const { here, undisturbed } = prepared(30_000);
    const children = [start(here, "--join", "--jobs", "1"), start(here, "--join", "--jobs", "1")];
    const exits = children.map(ended);
    const runs = join(here, "results/mine/runs");
    await vi.waitFor(() => expect(readdirSync(runs).length).toBeGreaterThan(0), { timeout: 50_000, interval: 5 });
    children[0].kill("SIGKILL");
    expect(await Promise.all(exits)).toEqual(["SIGKILL", 0]);
    expect(contents(join(here, "results"))).toEqual(undisturbed);
  });

  it("are told who is there, unless they join", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study(10_000_000));
    const child = start(here);
    const running = join(here, "results/mine/.running");
    await vi.waitFor(() => expect(readdirSync(running)).toContain("claim-study.1"), { timeout: 50_000 });
    const second = await ringdownHere(here, "run", "mine.yaml");
    expect(second.status).toBe(2);
    expect(second.stderr).toMatch(
      new RegExp(`^ringdown: results/mine: host .+, process ${child.pid} is running this study; --join shares`),
    );
    const other = await ringdownHere(here, "run", "mine.yaml", "--seeds", "2", "--join");
    expect(other.stderr).toContain("is running the study with other options");
    await vi.waitFor(() => expect(readdirSync(running).length).toBeGreaterThan(3), { timeout: 50_000 });
    const { stdout } = await ringdownHere(here, "status", "results/mine");
    expect(stdout).toMatch(new RegExp(`^0 of 12 runs are done\nhost .+, process ${child.pid}: at runs? [0-9a-f]{16}`));
    const exit = ended(child);
    child.kill("SIGINT");
    expect(await exit).toBe(130);
    expect(readdirSync(join(here, "results/mine"))).toEqual(["plan.json", "runs"]);
  });
});

describe("a folder that is removed while its study runs", long, () => {
  it.each([[["--join"]], [[]]])("ends the process with a clear line (%j)", async (words) => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study(200_000));
    const child = start(here, "--jobs", "1", ...words);
    let said = "";
    child.stderr?.on("data", (data) => {
      said += data;
    });
    const exit = ended(child);
    const stored = () => readdirSync(join(here, "results/mine/runs")).filter((name) => /^[0-9a-f]{16}$/.test(name));
    await vi.waitFor(() => expect(stored()).not.toEqual([]), { timeout: 150_000 });
    rmSync(here, { recursive: true, force: true });
    expect(await exit).toBe(2);
    expect(said.trimEnd().split("\n").at(-1)).toBe("ringdown: results/mine: was removed while the study ran");
  });
});

describe("shards", long, () => {
  it("of one folder complete the study when the last has ended", () => {
    const { here, undisturbed } = prepared();
    const first = ringdown(here, "run", "mine.yaml", "--shard", "1/2");
    expect([first.status, first.stdout]).toEqual([0, ""]);
    expect(first.stderr).toContain("6 runs of part 1 of 2 are in results/mine");
    const last = ringdown(here, "run", "mine.yaml", "--shard", "2/2");
    expect([last.status, last.stdout]).toEqual([0, expect.stringContaining("results/mine/report.md\n")]);
    expect(contents(join(here, "results"))).toEqual(undisturbed);
  });

  it("of several folders are merged, what is damaged or missing being named", async () => {
    const { here, undisturbed } = prepared();
    for (const part of ["1", "2", "3"]) {
      const { status } = ringdown(here, "run", "mine.yaml", "--shard", `${part}/3`, "--out", `part-${part}`);
      expect(status).toBe(0);
    }
    const parts = ["part-1/mine", "part-2/mine", "part-3/mine"];
    const [damaged] = readdirSync(join(here, "part-3/mine/runs"));
    cpSync(join(here, "part-3"), join(here, "whole"), { recursive: true });
    writeFileSync(join(here, "part-3/mine/runs", damaged, "metrics.parquet"), "nonsense");
    const wrong = ringdown(here, "merge", "results/mine", ...parts);
    expect([wrong.status, wrong.stdout]).toEqual([1, ""]);
    expect(wrong.stderr).toContain("its SHA-256 is not the one in run.json");
    expect(wrong.stderr).toContain(`1 runs are missing, ${damaged} among them`);
    const whole = ringdown(here, "merge", "results/mine", ...parts.slice(0, 2), "whole/mine");
    expect([whole.status, whole.stderr]).toEqual([0, "1 runs copied; 12 of 12 runs of mine are in results/mine\n"]);
    // The cover is of a results folder, which merge knows nothing of.
    const { "index.html": _, ...ofStudies } = undisturbed;
    expect(contents(join(here, "results"))).toEqual(ofStudies);
    expect(JSON.parse((await ringdownHere(here, "status", "results/mine", "--json")).stdout)).toEqual({
      ...{ directory: "results/mine", runs: 12, done: 12, stored: 12, members: [] },
    });
    rmSync(join(here, "part-1/mine/plan.json"));
    const refused = await ringdownHere(here, "merge", "results/mine", "part-1/mine");
    expect([refused.status, refused.stderr]).toEqual([
      2,
      "ringdown: part-1/mine: expected a study's results folder, found no plan of one\n",
    ]);
  });

  it("of another study are not merged, and one that is tuned has none", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study(20));
    for (const seeds of ["1", "2"]) {
      ringdown(here, "run", "mine.yaml", "--seeds", seeds, "--shard", "1/3", "--out", `seeds-${seeds}`);
    }
    const refused = await ringdownHere(here, "merge", "seeds-1/mine", "seeds-2/mine");
    expect(refused.stderr).toContain("seeds-2/mine: expected a part of the same study as seeds-1/mine");
    const tune = "tune: { axes: { optimizer.lr: [0.1, 0.2] }, metric: measured.radius, seeds: [9] }";
    writeFileSync(join(here, "mine.yaml"), `${readFileSync(join(here, "mine.yaml"), "utf8")}    ${tune}\n`);
    const tuned = await ringdownHere(here, "run", "mine.yaml", "--shard", "1/3");
    expect([tuned.status, tuned.stderr]).toEqual([
      2,
      "ringdown: --shard: mine.yaml: the experiment first is tuned first; share it by --join\n",
    ]);
  });
});
