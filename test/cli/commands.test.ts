import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resolveEngine } from "../../src/kernels/create.js";
import { readStudy } from "../../src/study/read.js";
import { builtCli } from "../study/built.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { interrupted, ringdown, ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

const study = (steps: number | string) => `
name: mine
title: Does order matter?
experiments:
  first:
    task: game
    config: { game: { name: bilinear }, optimizer: { name: momentum, lr: 0.1 }, steps: 30 }
    grid:
      steps: ${steps}
      optimizer.momentum: [-0.5, 0.5]
    seeds: [1, 2]
quick:
  experiments.first.seeds: [1]
`;

/** What a report of the study consists of, as it is printed. */
const written = ["results/mine/first.png", "results/mine/report.md", "results/mine/index.html"];

const lastLine = (text: string) => JSON.parse(text.trimEnd().split("\n").at(-1) as string);

describe("ringdown run", () => {
  it("runs a user's own study and draws its results", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study("[30, 40]"));
    const { status, stdout, stderr } = ringdown(here, "run", "mine.yaml", "--jobs", "2");
    expect(status).toBe(0);
    expect(stdout.split("\n")).toEqual([...written, "results/index.html", ""]);
    expect(stderr).toContain("mine: 8/8 runs");
    const text = readFileSync(join(here, "results/mine/report.md"), "utf8");
    expect(text).toContain("| condition | steps = 30, momentum = -0.5 | steps = 30, momentum = 0.5 |");
    expect(text).toContain("| seeds | 2 | 2 | 2 | 2 |");
    expect(text).not.toMatch(/NaN|undefined|Verdicts/);
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
    writeFileSync(join(here, "mine.yaml"), study("[30]"));
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
    writeFileSync(join(here, "mine.yaml"), study("[20, 3000000]"));
    const { status, stdout, stderr } = ringdown(here, "run", "mine.yaml", "--dry-run", "--jobs", "1");
    expect([status, stderr]).toEqual([0, "timing 8 runs, 2 s each at most\n"]);
    const [first, second] = stdout.split("\n");
    expect(first).toMatch(/^mine: 8 runs; about \d+ (s|min)( \d+ s)? on 1 thread$/);
    expect(second).toMatch(/^ {2}first {2}4 conditions × 2 seeds = 8 runs; about \d+ /);
    expect(readdirSync(here)).toEqual(["mine.yaml"]);
  });

  it("stops cleanly on an interrupt and resumes with the same command", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study("[20, 3000000]"));
    const stopped = await interrupted(here, /2\/8 runs/, "run", "mine.yaml", "--jobs", "1");
    expect(stopped.status).toBe(130);
    expect(stopped.stderr).toContain(
      "finished runs are kept in results/mine, the same command resumes: ringdown run mine.yaml --jobs 1\n",
    );
    const runs = readdirSync(join(here, "results/mine/runs"));
    expect(runs.length).toBeGreaterThanOrEqual(2);
    expect(runs.filter((name) => name.startsWith("."))).toEqual([]);
    expect(existsSync(join(here, "results/mine/study.json"))).toBe(false);
    const rest = ringdown(here, "run", "mine.yaml", "--set", "experiments.first.grid.steps=[20]");
    expect(rest.status).toBe(0);
    expect(rest.stderr).toContain("mine: 4 runs, 2 of them finished before");
  });
});

describe("ringdown verify", () => {
  it("finds every byte as it was written, also in runs that it carries out again", () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study("[20]"));
    expect(ringdown(here, "run", "mine.yaml").status).toBe(0);
    const { status, stdout } = ringdown(here, "verify", "results/mine", "--rerun", "2", "--json");
    expect(status).toBe(0);
    const { rerun, ...rest } = lastLine(stdout);
    expect(rest).toEqual({ directory: "results/mine", whole: 4, missing: [], damaged: [] });
    expect(rerun).toEqual({ same: [expect.any(String), expect.any(String)], different: [] });
  });

  it("names what is damaged or missing, which ringdown run then does again", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study("[20]"));
    expect(ringdown(here, "run", "mine.yaml").status).toBe(0);
    const runs = join(here, "results/mine/runs");
    const [damaged, missing] = readdirSync(runs);
    const table = readFileSync(join(runs, damaged, "metrics.parquet"));
    table[200] ^= 1;
    writeFileSync(join(runs, damaged, "metrics.parquet"), table);
    rmSync(join(runs, missing), { recursive: true });
    const found = await ringdownHere(here, "verify", "results/mine");
    expect([found.status, found.stdout]).toEqual([1, "2 of 4 runs are whole\n"]);
    expect(found.stderr).toContain(`ringdown: run ${missing} is missing; run the study again\n`);
    expect(found.stderr).toMatch(
      new RegExp(
        `^ringdown: run ${damaged} is damaged: .*metrics.parquet: its SHA-256 is not the one in run.json$`,
        "m",
      ),
    );
    const again = ringdown(here, "run", "mine.yaml");
    expect(again.status).toBe(0);
    expect(again.stderr).toContain("mine: 4 runs, 2 of them finished before");
    expect(again.stderr).toMatch(
      new RegExp(`run ${damaged} .* is damaged and done again: .*runs/.damaged/${damaged}$`, "m"),
    );
    expect((await ringdownHere(here, "verify", "results/mine")).status).toBe(0);
  });
});

describe("ringdown play", () => {
  it("prints with --json one object with the promised fields, last on standard output, and writes nothing", () => {
    const here = folder();
    const options = ["play", "bilinear", "--optimizer", "momentum", "--order", "simultaneous", "--steps", "300"];
    const set = ["--set", "optimizer.lr=0.1", "--set", "optimizer.momentum=-0.5", "--json"];
    const { status, stdout } = ringdown(here, ...options, ...set);
    expect(status).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1);
    const { stepsPerSecond, measured, predicted, parametersSha256, ...rest } = lastLine(stdout);
    expect(rest).toEqual({
      game: "bilinear",
      order: "simultaneous",
      optimizer: "momentum",
      seed: 1,
      steps: 300,
      engine: resolveEngine("auto"),
      outcome: "completed",
    });
    expect(stepsPerSecond).toBeGreaterThan(0);
    expect(parametersSha256).toMatch(/^[0-9a-f]{64}$/);
    for (const field of ["spectralRadius", "angle", "dampingRatio", "period", "winding", "radius"]) {
      expect(measured).toHaveProperty(field);
      expect(predicted).toHaveProperty(field);
    }
    expect(measured.spectralRadius).toBeCloseTo(predicted.spectralRadius, 8);
    expect(readdirSync(here)).toEqual([]);
  });

  it("says on which of TensorFlow.js' backends --engine tfjs ran, and trains what WebAssembly trains", () => {
    const here = folder();
    const options = ["play", "ring", "--steps", "5", "--set", "network.hidden=[8]", "--set", "batch=64", "--json"];
    const [tfjs, wasm] = ["tfjs", "wasm"].map((name) => lastLine(ringdown(here, ...options, "--engine", name).stdout));
    expect(tfjs.engine).toMatch(/^tfjs-(cpu|node)$/);
    expect(tfjs.parametersSha256).not.toBe(wasm.parametersSha256);
    expect(tfjs.measured.radius / wasm.measured.radius).toBeCloseTo(1, 4);
  });

  it("prints the same bits with and without --json, and stores the run when asked", async () => {
    const here = folder();
    const options = ["play", "bilinear", "--steps", "50", "--seed", "7"];
    const { parametersSha256 } = lastLine((await ringdownHere(here, ...options, "--json")).stdout);
    const told = await ringdownHere(here, ...options, "--out", "kept");
    expect(told.status).toBe(0);
    expect(told.stdout).toContain(`parametersSha256  ${parametersSha256}`);
    expect(told.stdout).toMatch(/measured +predicted/);
    const [id] = readdirSync(join(here, "kept"));
    expect(told.stderr).toContain(`stored in kept/${id}`);
    const files = readdirSync(join(here, "kept", id)).sort();
    expect(files).toEqual(["metrics.parquet", "orbit.png", "pathAngle.parquet", "run.json"]);
    const record = JSON.parse(readFileSync(join(here, "kept", id, "run.json"), "utf8"));
    expect(record).toMatchObject({ id, task: "game", seed: 7, parametersSha256, config: { steps: 50 } });
  });

  it("shows an averaged generator beside the raw one", async () => {
    const small = ["--steps", "20", "--set", "batch=16", "--set", "network.hidden=[8]", "--set", "averaging={}"];
    const { stdout } = await ringdownHere(folder(), "play", "ring", ...small);
    expect(stdout).toMatch(/measured +predicted +averaged\n/);
    expect(stdout).toMatch(/\nreverseKl +[\d.]+ +– +[\d.]+\n/);
    expect(lastLine((await ringdownHere(folder(), "play", "ring", ...small, "--json")).stdout)).toHaveProperty(
      "averaged.highQuality",
    );
  });

  it("draws a stored GAN's run, which ringdown report draws again bit for bit", async () => {
    const here = folder();
    const small = ["--steps", "40", "--set", "batch=16", "--set", "network.hidden=[8]"];
    const told = await ringdownHere(here, "play", "ring", ...small, "--out", "kept");
    const [id] = readdirSync(join(here, "kept"));
    const pictures = ["samples.png", "course.png"].map((file) => `kept/${id}/${file}`);
    for (const file of pictures) expect(told.stderr).toContain(`drawn in ${file}\n`);
    const bytes = () => pictures.map((file) => readFileSync(join(here, file), "base64"));
    const before = bytes();
    for (const file of pictures) rmSync(join(here, file));
    const again = await ringdownHere(here, "report", `kept/${id}`);
    expect(again).toEqual({ status: 0, stdout: `${pictures.join("\n")}\n`, stderr: "" });
    expect(bytes()).toEqual(before);
  });

  it.each([
    ["one step", "bilinear", ["--steps", "1"]],
    ["one step of a GAN", "ring", ["--steps", "1", "--set", "batch=8"]],
    ["a divergence", "bilinear", ["--order", "simultaneous", "--set", "optimizer.lr=100"]],
    ["a GAN's divergence", "ring", ["--steps", "9", "--set", "batch=8", "--set", "optimizer.lr=1e30"]],
  ])("draws %s too", async (_, game, options) => {
    const here = folder();
    const { status, stderr } = await ringdownHere(here, "play", game, ...options, "--out", "kept");
    expect([status, stderr.match(/drawn in .*\.png/g)?.length]).toEqual([0, game === "ring" ? 2 : 1]);
  });

  it("takes divergence for an outcome", async () => {
    const { status, stdout } = await ringdownHere(
      ...[folder(), "play", "bilinear", "--order", "simultaneous", "--set", "optimizer.lr=100", "--json"],
    );
    expect(status).toBe(0);
    const { outcome, divergence, steps } = lastLine(stdout);
    expect(outcome).toBe("diverged");
    expect(steps).toBe(divergence.step);
    expect(divergence.reason).toMatch(/not finite/);
  });
});

describe("ringdown train", () => {
  it("prints with --json one object with the promised fields", async () => {
    const here = folder();
    const options = [
      "--env",
      "CartPole-v1",
      "--agent",
      "a2c",
      "--optimizer",
      "rmsprop",
      "--steps",
      "4000",
      "--seed",
      "2",
    ];
    const { status, stdout, stderr } = await ringdownHere(
      here,
      "train",
      ...options,
      "--set",
      "optimizer.rho=0.9",
      "--json",
    );
    expect([status, stderr.includes("defect")]).toEqual([0, false]);
    const { episodes, meanReturnLast100, stepsPerSecond, parametersSha256, ...rest } = lastLine(stdout);
    expect(rest).toEqual({
      env: "CartPole-v1",
      agent: "a2c",
      optimizer: "rmsprop",
      seed: 2,
      steps: 4000,
      engine: resolveEngine("auto"),
      outcome: "completed",
    });
    expect(episodes).toBeGreaterThan(10);
    expect(meanReturnLast100).toBeGreaterThan(8);
    expect(stepsPerSecond).toBeGreaterThan(100);
    expect(parametersSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(readdirSync(here)).toEqual([]);
  });
});

describe("ringdown report", () => {
  it("says so where single runs of a task have no pictures", async () => {
    const here = folder();
    const options = ["train", "--env", "CartPole-v1", "--steps", "2000", "--out", "kept"];
    expect((await ringdownHere(here, ...options)).status).toBe(0);
    const [id] = readdirSync(join(here, "kept"));
    const folderOfRuns = await ringdownHere(here, "report", "kept");
    expect(folderOfRuns).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`: ringdown report kept/${id}\n`),
    });
    const { status, stderr } = await ringdownHere(here, "report", `kept/${id}`);
    expect([status, stderr]).toEqual([2, expect.stringContaining("a single run of the task rl has no pictures")]);
  });
});

describe("ringdown list", () => {
  it("knows every kind, in words and as JSON", async () => {
    const here = folder();
    const all = lastLine((await ringdownHere(here, "list", "--json")).stdout);
    expect(Object.keys(all).slice(0, 5)).toEqual(["envs", "agents", "optimizers", "games", "studies"]);
    expect(Object.keys(all.envs)).toContain("CartPole-v1");
    expect(Object.keys(all.agents)).toContain("a2c");
    expect(Object.keys(all.games)).toContain("bilinear");
    const optimizers = await ringdownHere(here, "list", "optimizers");
    expect(optimizers.status).toBe(0);
    expect(optimizers.stdout).toMatch(/^optimizers\n {2}sgd +gradient descent\n/);
    expect(Object.keys(lastLine((await ringdownHere(here, "list", "studies", "--json")).stdout).studies)).toContain(
      "cycling",
    );
  });

  it("describes every column that a task's runs record, with type, unit and meaning", async () => {
    const here = folder();
    const { columns } = lastLine((await ringdownHere(here, "list", "columns", "--json")).stdout);
    expect(Object.keys(columns)).toEqual(["rl", "game", "problem"]);
    expect(Object.keys(columns.rl.tables)).toEqual(["metrics", "networks", "interventions", "episodes"]);
    expect(columns.rl.tables.episodes.columns.length).toEqual({
      type: "int32",
      meaning: "the episode's length",
      unit: "steps",
    });
    const { stdout } = await ringdownHere(here, "list", "columns", "rl");
    expect(stdout).toMatch(/^rl: table metrics, rows: one per update of the agent\n/);
    expect(stdout).toMatch(/\n {2}step +int32 +environment steps so far, over all copies \[steps\]\n/);
    expect(stdout).toMatch(/\n {2}<parameter> +float64 +a drifting parameter's value/);
    expect(stdout).toMatch(/\nrl: summary\n {2}episodes +episodes that ended\n/);
  });
});

describe("ringdown", () => {
  it("has a version and helps", async () => {
    const here = folder();
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
    expect(await ringdownHere(here, "--version")).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
    for (const command of ["run", "report", "train", "play", "list"]) {
      const { status, stdout } = await ringdownHere(here, command, "--help");
      expect([status, stdout.includes("Example")]).toEqual([0, true]);
    }
    expect((await ringdownHere(here, "--help")).stdout).toContain("Exit codes:");
    expect((await ringdownHere(here)).status).toBe(2);
  });

  it("does not mind a reader that closes the pipe", () => {
    const command = `"${process.execPath}" "${builtCli}" list | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8", cwd: folder() });
    expect([stdout, stderr]).toEqual(["envs\n0\n", ""]);
  });
});

describe("ringdown compare", () => {
  it("compares every condition with the baseline by seed, for readers and for machines", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study("[30]"));
    expect(ringdown(here, "run", "mine.yaml").status).toBe(0);
    const compare = (...options: string[]) => ringdownHere(here, "compare", "results/mine", ...options);
    const metric = ["--metric", "measured.radius"];

    const told = await compare(...metric);
    expect([told.status, told.stderr]).toEqual([0, ""]);
    expect(told.stdout).toMatch(/momentum = -0\.5 +n = 2 +[\d.]+ +baseline/);
    expect(told.stdout).toMatch(/momentum = 0\.5 +n = 2 .*\[.*\] +Welch +P\(larger\) 1\.00 +larger/);

    const options = [...metric, "--baseline", "steps = 30, momentum = 0.5", "--json"];
    const { rows, baseline } = lastLine((await compare(...options)).stdout);
    expect(baseline).toBe("steps = 30, momentum = 0.5");
    expect(rows[1].difference).toBeNull();
    expect(rows[0].difference.estimate).toBeCloseTo(rows[0].mean - rows[1].mean, 12);
    expect(rows[0].probabilityOfImprovement).toBe(0);
  });

  it.each([
    [["--metric", "measured.radios"], /--metric: no number "measured.radios".*did you mean "measured.radius"\?/],
    [["--metric", "measured.radius", "--baseline", "x"], /--baseline: there is no "x"; valid: steps = 30, momentum/],
    [
      ["--metric", "measured.radius", "--experiment", "frist"],
      /--experiment: there is no "frist"; did you mean "first"/,
    ],
    [[], /--metric/],
  ])("refuses %j", async (options, message) => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study("[30]"));
    expect(ringdown(here, "run", "mine.yaml", "--seeds", "1").status).toBe(0);
    const { status, stderr } = await ringdownHere(here, "compare", "results/mine", ...options);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});
