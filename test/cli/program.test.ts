import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtCli } from "../study/built.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { lastLine, ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

describe("ringdown", () => {
  it("has a version and helps", async () => {
    const here = folder();
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
    const told = await ringdownHere(here, "--version");
    const [first, ...details] = told.stdout.trimEnd().split("\n");
    expect([told.status, first, told.stderr]).toEqual([0, `ringdown ${version}`, ""]);
    expect(details).toEqual([
      expect.stringMatching(/^engine {4}(native|wasm)$/),
      `node      ${process.versions.node}`,
      `platform  ${process.platform} ${process.arch}`,
    ]);
    for (const command of ["run", "report", "train", "play", "list"]) {
      const { status, stdout } = await ringdownHere(here, command, "--help");
      expect([status, stdout.includes("Example")]).toEqual([0, true]);
    }
    expect((await ringdownHere(here, "--help")).stdout).toContain("Exit codes:");
    expect((await ringdownHere(here)).status).toBe(2);
  });

  it.skipIf(process.platform === "win32")("does not mind a reader that closes the pipe", () => {
    const command = `"${process.execPath}" "${builtCli}" list | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync("bash", ["-c", command], { encoding: "utf8", cwd: folder() });
    expect([stdout, stderr]).toEqual(["envs\n0\n", ""]);
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
