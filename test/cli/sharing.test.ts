import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { contents } from "../study/contents.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { momentumStudy, undisturbedResults, withStudy } from "./momentum-study.js";
import { processes } from "./processes.js";
import { ringdown, ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

const start = processes();

/** A folder with the study, and the bytes of a single process. */
function prepared(steps = 2000): { here: string; undisturbed: Record<string, string> } {
  const study = momentumStudy(steps);
  return { here: withStudy(folder(), study), undisturbed: undisturbedResults(folder(), study) };
}

/** For tests that start several processes one after the other, on a machine that does other things too. */
const long = { timeout: 180_000 };

describe("several processes in one folder", long, () => {
  it("are told who is there, unless they join", async () => {
    const here = withStudy(folder(), momentumStudy(10_000_000));
    const first = start({ here }, "run", "mine.yaml");
    const running = join(here, "results/mine/.running");
    await vi.waitFor(() => expect(readdirSync(running)).toContain("claim-study.1"), { timeout: 50_000 });
    const second = await ringdownHere(here, "run", "mine.yaml");
    expect(second.status).toBe(2);
    expect(second.stderr).toMatch(
      new RegExp(`^ringdown: results/mine: host .+, process ${first.pid} is running this study; --join shares`),
    );
    const other = await ringdownHere(here, "run", "mine.yaml", "--seeds", "2", "--join");
    expect(other.stderr).toContain("is running the study with other options");
    await vi.waitFor(() => expect(readdirSync(running).length).toBeGreaterThan(3), { timeout: 50_000 });
    const { stdout } = await ringdownHere(here, "status", "results/mine");
    expect(stdout).toMatch(new RegExp(`^0 of 12 runs are done\nhost .+, process ${first.pid}: at runs? [0-9a-f]{16}`));
    first.signal("SIGINT");
    expect(await first.exit).toBe(130);
    expect(readdirSync(join(here, "results/mine"))).toEqual(["plan.json", "runs"]);
  });
});

describe("a folder that is removed while its study runs", long, () => {
  it.each([[["--join"]], [[]]])("ends the process with a clear line (%j)", async (words) => {
    const here = withStudy(folder(), momentumStudy(200_000));
    const { exit, said } = start({ here }, "run", "mine.yaml", "--jobs", "1", ...words);
    const stored = () => readdirSync(join(here, "results/mine/runs")).filter((name) => /^[0-9a-f]{16}$/.test(name));
    await vi.waitFor(() => expect(stored()).not.toEqual([]), { timeout: 150_000 });
    rmSync(here, { recursive: true, force: true });
    expect(await exit).toBe(2);
    expect(said().trimEnd().split("\n").at(-1)).toBe("ringdown: results/mine: was removed while the study ran");
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
    const here = withStudy(folder(), momentumStudy(20));
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
