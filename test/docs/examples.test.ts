import { execFileSync } from "node:child_process";
import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ringdown, ringdownHere } from "../cli/run-cli.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { root, textOf } from "./blocks.js";

const folder = temporaryFolders();
const example = (name: string) => join(root, "src/examples", name);
const node = (here: string, name: string, ...words: string[]) =>
  execFileSync(process.execPath, [example(name), ...words], { cwd: here, encoding: "utf8" });

describe("the examples", () => {
  it("are all in the tutorial", () => {
    const tutorial = textOf("src/examples/README.md");
    for (const name of readdirSync(join(root, "src/examples"))) {
      if (name !== "README.md") expect(tutorial).toContain(`](${name})`);
    }
  });

  it("answer the tutorial's question, and report on it by a program of one's own", () => {
    const here = folder();
    cpSync(example("question.yaml"), join(here, "question.yaml"));
    const shorter = ["--set", "experiments.moons.config.steps=60", "--seeds", "3", "--jobs", "1"];
    const { status, stdout } = ringdown(here, "run", "question.yaml", ...shorter);
    expect([status, stdout]).toEqual([0, expect.stringContaining("results/question/index.html")]);
    const table = node(here, "my-report.mjs", "results/question");
    expect(table).toMatch(/^# Does RMSprop's memory matter/);
    expect(table.match(/^\| 0\.9+ \| -?\d\.\d{4} \[/gm)).toHaveLength(2);
  });

  it("have an optimizer that goes down", async () => {
    const words = [
      "play",
      "dirac",
      "--optimizer",
      "custom",
      "--set",
      `optimizer.module=${example("my-optimizer.mjs")}`,
    ];
    const { status, stdout } = await ringdownHere(folder(), ...words, "--steps", "50", "--json");
    const { optimizer, outcome } = JSON.parse(stdout);
    expect([status, optimizer, outcome]).toEqual([0, "custom", "completed"]);
  });

  it("have a game that comes to its equilibrium as its closed form says", async () => {
    const words = ["play", "custom", "--set", `game.module=${example("my-game.mjs")}`, "--order", "simultaneous"];
    const { status, stdout } = await ringdownHere(
      folder(),
      ...words,
      "--set",
      "optimizer.lr=0.1",
      "--steps",
      "200",
      "--json",
    );
    const { measured, predicted } = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(measured.distance).toBeLessThan(1e-6);
    // The slowest mode of [[2, 1], [1, 2]] is 1, hence 1 − η a step.
    expect(predicted.spectralRadius).toBeCloseTo(0.9, 12);
  });

  it("have an environment on which an agent learns, also after it has drifted", () => {
    const { episodes, atTheEnd } = JSON.parse(node(folder(), "my-environment.mjs"));
    expect(episodes).toBeGreaterThan(500);
    // The right end costs 1 by then, the left one pays 0.2.
    expect(atTheEnd).toBeGreaterThan(0.1);
  });

  it("have an agent that finds the arm that pays most", () => {
    const { best, averageReward } = JSON.parse(node(folder(), "my-agent.mjs"));
    expect(best).toBe(9);
    // Arm k pays (k + 1)/20; all alike would pay 0.275.
    expect(averageReward).toBeGreaterThan(0.45);
  });
});
