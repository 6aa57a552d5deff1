import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readStudy } from "../../src/study/read.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ownStudy } from "./own-study.js";
import { interrupted, ringdown } from "./run-cli.js";

const folder = temporaryFolders();

/** What a report of the study consists of, as it is printed. */
const written = ["first.png", "first-differences.png", "report.md", "index.html"].map((file) => `results/mine/${file}`);

describe("ringdown run", () => {
  it("runs a user's own study and draws its results", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), ownStudy("[30, 40]"));
    const { status, stdout, stderr } = ringdown(here, "run", "mine.yaml", "--jobs", "2");
    expect(status).toBe(0);
    expect(stdout.split("\n")).toEqual([...written, "results/index.html", ""]);
    expect(stderr).toContain("mine: 8/8 runs");
    const text = readFileSync(join(here, "results/mine/report.md"), "utf8");
    expect(text).toContain("| condition | steps = 30, momentum = -0.5 | steps = 30, momentum = 0.5 |");
    expect(text).toContain("| seeds | 2 | 2 | 2 | 2 |");
    expect(text).toContain("first: conditions differ from *steps = 30, momentum = -0.5* in `measured.distance`.");
    expect(text).not.toMatch(/NaN|undefined/);
    const { runs } = (await readStudy(join(here, "results/mine"))).experiments.first;
    expect(runs.map(({ condition, seed }) => [condition.steps, condition["optimizer.momentum"], seed])).toEqual([
      ["30", "-0.5", 1],
      ["30", "-0.5", 2],
      ["30", "0.5", 1],
      ["30", "0.5", 2],
      ["40", "-0.5", 1],
      ["40", "-0.5", 2],
      ["40", "0.5", 1],
      ["40", "0.5", 2],
    ]);
    expect((await runs[7].table("metrics")).step).toHaveLength(40);

    const again = ringdown(here, "run", "mine.yaml");
    expect(again.status).toBe(0);
    expect(again.stderr).toContain("mine: 8 runs, 8 of them finished before");
  });

  it("obeys --quick, --set, --seeds and --out", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), ownStudy("[30]"));
    const run = (...options: string[]) => {
      expect(ringdown(here, "run", "mine.yaml", "--out", "elsewhere", ...options).status).toBe(0);
      return readStudy(join(here, "elsewhere/mine"));
    };
    expect((await run("--quick")).experiments.first.seeds).toEqual([1]);
    const seeded = (await run("--quick", "--seeds", "3", "--set", "experiments.first.grid.steps=[25]")).experiments
      .first;
    expect(seeded.seeds).toEqual([1, 2, 3]);
    expect(seeded.runs.map(({ config }) => (config as { steps: number }).steps)).toEqual(Array(6).fill(25));
    expect(existsSync(join(here, "results"))).toBe(false);
  });

  it("tells which runs failed and why, keeps the others and exits with 1", () => {
    const here = folder();
    const hidden = "grid: { network.hidden: [[8], [30000, 30000]] }, seeds: [1]";
    const config = "config: { game: { name: ring }, optimizer: { name: sgd }, steps: 3, batch: 8 }";
    writeFileSync(join(here, "huge.yaml"), `name: huge\nexperiments: { first: { task: game, ${config}, ${hidden} } }`);
    const { status, stderr } = ringdown(here, "run", "huge.yaml");
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^ringdown: run [0-9a-f]{16} \(first, network\.hidden=\[30000, 30000\], seed 1\) failed: .*memory/im,
    );
    expect(stderr).toContain("ringdown: 1 of 2 runs of huge failed; the others are kept in results/huge");
    expect(stderr).not.toContain("    at ");
    expect(readdirSync(join(here, "results/huge"))).toEqual(["plan.json", "runs"]);
    expect(readdirSync(join(here, "results/huge/runs"))).toHaveLength(1);
  });

  it("prints the path of each picture and of the report, which ringdown report draws again bit for bit", () => {
    const here = folder();
    const less = ["--set", "experiments.ring.seeds=[1]", "--set", "experiments.ring.config.steps=100"];
    const { status, stdout } = ringdown(here, "run", "cycling", "--quick", ...less);
    expect(status).toBe(0);
    const files = stdout.trimEnd().split("\n");
    expect(files.slice(-3)).toEqual(["results/cycling/report.md", "results/cycling/index.html", "results/index.html"]);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files.slice(0, -3)) expect(file).toMatch(/^results\/cycling\/[^/]+\.png$/);
    const bytes = () => files.map((file) => readFileSync(join(here, file), "base64"));
    const before = bytes();
    for (const file of files.slice(0, -1)) rmSync(join(here, file));
    expect(ringdown(here, "report", "results/cycling")).toMatchObject({ status: 0, stdout });
    expect(bytes()).toEqual(before);
  });

  it("says with --dry-run how many runs there are and how long they take, and writes nothing", () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), ownStudy("[20, 3000000]"));
    const { status, stdout, stderr } = ringdown(here, "run", "mine.yaml", "--dry-run", "--jobs", "1");
    expect([status, stderr]).toEqual([0, "timing 8 runs, 2 s each at most\n"]);
    const [first, second] = stdout.split("\n");
    expect(first).toMatch(/^mine: 8 runs; about \d+ (s|min)( \d+ s)? on 1 thread$/);
    expect(second).toMatch(/^ {2}first {2}4 conditions × 2 seeds = 8 runs; about \d+ /);
    expect(readdirSync(here)).toEqual(["mine.yaml"]);
  });

  it("stops cleanly on an interrupt and resumes with the same command", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), ownStudy("[20, 3000000]"));
    const stopped = await interrupted(here, /2\/8 runs/, "run", "mine.yaml", "--jobs", "1");
    const resumes =
      "finished runs are kept in results/mine, the same command resumes: ringdown run mine.yaml --jobs 1\n";
    expect([stopped.status, stopped.stderr]).toEqual([130, expect.stringContaining(resumes)]);
    const runs = readdirSync(join(here, "results/mine/runs"));
    expect(runs.length).toBeGreaterThanOrEqual(2);
    expect(runs.filter((name) => name.startsWith("."))).toEqual([]);
    expect(existsSync(join(here, "results/mine/study.json"))).toBe(false);
    const rest = ringdown(here, "run", "mine.yaml", "--set", "experiments.first.grid.steps=[20]");
    expect(rest.status).toBe(0);
    expect(rest.stderr).toContain("mine: 4 runs, 2 of them finished before");
  });
});
