import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { builtCli } from "../study/built.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { type CliResult, ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

const drift =
  "[{ parameter: forceMag, schedule: { name: at, steps: [2000, 5000] }, update: { name: list, values: [-10, 5] } }]";
const train = (...further: string[]) => [
  ...["train", "--env", "CartPole-v1", "--agent", "ppo", "--engine", "wasm", "--set", `env.drift=${drift}`, "--json"],
  ...further,
];

/** What a training prints, without its speed. */
function printed(stdout: string): Record<string, unknown> {
  const { stepsPerSecond, ...rest } = JSON.parse(stdout);
  return rest;
}

/** The name of the one run in a folder of runs, and all of its bytes. */
function runFiles(directory: string): Record<string, string> {
  const [id] = readdirSync(directory);
  const files = readdirSync(join(directory, id)).map((file) => [
    file,
    readFileSync(join(directory, id, file), "base64"),
  ]);
  return { id, ...Object.fromEntries(files) };
}

const stepOf = (directory: string): number => JSON.parse(readFileSync(join(directory, "checkpoint.json"), "utf8")).step;

/** A training in a process of its own, which gets the signal as soon as there is a checkpoint in the folder `kept`. */
async function ended(here: string, signal: NodeJS.Signals, words: readonly string[]): Promise<CliResult> {
  const child = spawn(process.execPath, [builtCli, ...words], { cwd: here });
  const texts = Promise.all([text(child.stdout), text(child.stderr)]);
  const exit = once(child, "exit");
  while (!existsSync(join(here, "kept/checkpoint.json")) && child.exitCode === null) await setTimeout(1);
  child.kill(signal);
  const [status] = await exit;
  const [stdout, stderr] = await texts;
  return { status, stdout, stderr };
}

describe("ringdown train --checkpoint", () => {
  const steps = ["--steps", "60000", "--set", "network.hidden=[8]", "--set", "networkMeasuresEvery=5"];

  it("stops on an interrupt and goes on to the bits and rows of a training that never stopped", async () => {
    const here = folder();
    const words = [...train(...steps, "--out", "stopped"), "--checkpoint", "kept", "--checkpoint-every", "1000"];
    const { status, stdout, stderr } = await ended(here, "SIGINT", words);
    expect(stderr).toMatch(
      /^ringdown: interrupted at step \d+; kept in kept, the same command with --resume goes on$/m,
    );
    expect([status, stdout, readdirSync(join(here, "stopped"))]).toEqual([130, "", []]);
    expect(readdirSync(join(here, "kept"))).toEqual(["checkpoint.json"]);
    expect(stepOf(join(here, "kept"))).toBe(Number(/at step (\d+)/.exec(stderr)?.[1]));
    expect(stepOf(join(here, "kept"))).toBeLessThan(59_000);
    const resumed = await ringdownHere(here, ...words, "--resume");
    const whole = await ringdownHere(here, ...train(...steps, "--out", "whole"));
    expect([resumed.status, whole.status]).toEqual([0, 0]);
    expect(printed(resumed.stdout)).toEqual(printed(whole.stdout));
    expect(runFiles(join(here, "stopped"))).toEqual(runFiles(join(here, "whole")));
    // What has come to its end has nothing left to do.
    expect(printed((await ringdownHere(here, ...words, "--resume")).stdout)).toEqual(printed(whole.stdout));
  });

  it("loses no more to a crash than what came after the last checkpoint", async () => {
    const here = folder();
    const words = train(...steps, "--checkpoint", "kept", "--checkpoint-every", "1000");
    expect(await ended(here, "SIGKILL", words)).toMatchObject({ status: null, stdout: "" });
    expect(stepOf(join(here, "kept"))).toBeGreaterThanOrEqual(1000);
    expect(stepOf(join(here, "kept"))).toBeLessThan(59_000);
    const resumed = await ringdownHere(here, ...words, "--resume");
    const whole = await ringdownHere(here, ...train(...steps));
    expect(printed(resumed.stdout)).toEqual(printed(whole.stdout));
  });

  it("refuses, in one line, to overwrite a training, to go on with another one, and a damaged checkpoint", async () => {
    const here = folder();
    const words = train("--steps", "2000", "--checkpoint", "kept");
    expect((await ringdownHere(here, ...words)).status).toBe(0);
    const refusal = async (...options: string[]) => {
      const { status, stdout, stderr } = await ringdownHere(here, ...options);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^ringdown: [^\n]+\n$/);
      return stderr;
    };
    expect(await refusal(...words)).toContain("--checkpoint: kept holds a training already; --resume goes on with it");
    expect(await refusal(...words, "--resume", "--seed", "2")).toContain(
      "kept: the checkpoint is of another run: seed: expected 1, found 2",
    );
    expect(await refusal(...words, "--resume", "--set", "agent.clip=0.1")).toContain(
      "kept: the checkpoint is of another run: config.agent.clip: expected 0.2, found 0.1",
    );
    const whole = readFileSync(join(here, "kept/checkpoint.json"), "utf8");
    const broken = (name: string, content: string) => {
      mkdirSync(join(here, name));
      writeFileSync(join(here, name, "checkpoint.json"), content);
    };
    broken("cut", whole.slice(0, whole.length / 2));
    expect(await refusal("evaluate", "cut")).toContain("cut/checkpoint.json: damaged: it is no whole JSON object");
    broken("changed", whole.replace('"step":1', '"step":2'));
    expect(await refusal("evaluate", "changed")).toContain("its content has another SHA-256 than when it was written");
    broken("old", whole.replace(/"version":"[^"]*"/, '"version":"0.1.0"'));
    expect(await refusal("evaluate", "old")).toMatch(/expected a checkpoint of ringdown \S+, found one of 0.1.0/);
  });
});

describe("ringdown evaluate", () => {
  it("scores the policy's mode and its draws, in every phase of the training's drift, without changing it", async () => {
    const here = folder();
    await ringdownHere(here, ...train("--steps", "40000", "--checkpoint", "kept"));
    cpSync(join(here, "kept"), join(here, "before"), { recursive: true });
    const evaluate = async (...options: string[]) => {
      const { status, stdout } = await ringdownHere(here, "evaluate", "kept", "--json", "--episodes", "10", ...options);
      expect(status).toBe(0);
      return JSON.parse(stdout);
    };
    const [left, ...phases] = [
      await evaluate(),
      await evaluate("--phase", "0"),
      await evaluate("--phase", "1"),
      await evaluate("--phase", "2"),
    ];
    expect(left).toMatchObject({ env: "CartPole-v1", agent: "ppo", step: 39936, phase: null, episodes: 10 });
    expect(phases.map(({ parameters }) => parameters)).toEqual([{ forceMag: 10 }, { forceMag: -10 }, { forceMag: 5 }]);
    expect(left).toMatchObject({ parameters: { forceMag: 5 }, deterministic: phases[2].deterministic });
    // It has learned the last phase, and pushes the wrong way where the force is turned round.
    expect(phases[2].deterministic.mean).toBeGreaterThan(100);
    expect(phases[1].deterministic.mean).toBeLessThan(20);
    for (const { deterministic, sampled } of phases) {
      expect(deterministic).not.toEqual(sampled);
      expect(deterministic.low).toBeLessThanOrEqual(deterministic.mean);
      expect(deterministic.high).toBeGreaterThanOrEqual(deterministic.mean);
    }
    expect(await evaluate()).toEqual(left);
    expect((await evaluate("--seed", "7")).sampled).not.toEqual(left.sampled);
    expect(readFileSync(join(here, "kept/checkpoint.json"))).toEqual(
      readFileSync(join(here, "before/checkpoint.json")),
    );
    const { status, stderr } = await ringdownHere(here, "evaluate", "kept", "--phase", "3");
    expect([status, stderr]).toEqual([
      2,
      "ringdown: --phase: expected at most 2, the last one of the drift within 40000 steps; found 3\n",
    ]);
    const { stdout } = await ringdownHere(here, "evaluate", "kept", "--episodes", "1");
    expect(stdout).toMatch(/^parameters {5}forceMag 5$/m);
    expect(stdout).toMatch(/^deterministic {2}mean return \d+, from \d+ to \d+$/m);
  });

  it("cuts off a policy that goes in circles where the environment sets no limit", async () => {
    const here = folder();
    const words = ["--env", "CliffWalking-v1", "--agent", "a2c", "--steps", "80", "--checkpoint", "walker"];
    await ringdownHere(here, "train", ...words);
    const { status, stdout } = await ringdownHere(here, "evaluate", "walker", "--episodes", "1", "--json");
    expect(status).toBe(0);
    // −1 for each of 10 000 steps, −100 for each of those that fall.
    expect(JSON.parse(stdout).deterministic.mean).toBeLessThanOrEqual(-10_000);
  });
});
