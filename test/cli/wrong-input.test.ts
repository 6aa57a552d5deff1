import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtInStudies } from "../../src/cli/studies.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ringdown, ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

const study = `
name: mine
experiments:
  first:
    task: game
    config:
      game: { name: bilinear }
      steps: 20
      optimizer: { name: momentum, lr: 0.1, momentum: 0.5 }
    grid:
      order: [simultaneous, alternating]
    seeds: [1]
`;

/** Exit code 2, one line on standard error, nothing on standard output, nothing written. */
async function expectRefusal(
  here: string,
  options: string[],
  message: string | RegExp,
  run: typeof ringdown | typeof ringdownHere = ringdownHere,
): Promise<void> {
  const before = readdirSync(here, { recursive: true }).sort();
  const { status, stdout, stderr } = await run(here, ...options);
  expect(stderr).toMatch(/^ringdown: [^\n]+\n$/);
  if (typeof message === "string") expect(stderr).toContain(message);
  else expect(stderr).toMatch(message);
  expect([status, stdout]).toEqual([2, ""]);
  expect(readdirSync(here, { recursive: true }).sort()).toEqual(before);
}

describe("a command that cannot be meant", () => {
  it.each([
    [
      ["plya"],
      'unknown command "plya"; did you mean "play"? valid: init, run, explain, report, verify, merge, status, worker, compare, export, train, evaluate, render, play, list, describe, bench, doctor, lab, help, completion, schema',
    ],
    [["run", "cycling", "--quik"], 'run: unknown option "--quik"; did you mean "--quick"?'],
    [["run", "-5", "--quik"], 'run: unknown option "--quik"; did you mean "--quick"?'],
    [["--vresion"], 'unknown option "--vresion"; did you mean "--version"?'],
    [["run"], "run: missing required argument 'study'; see ringdown run --help"],
    [["run", "cycling", "--jobs"], "run: option '--jobs <n>' argument missing"],
    [["run", "cycling", "--jobs", "0"], '--jobs: expected an integer of at least 1, found "0"'],
    [["run", "cycling", "--seeds", "x"], '--seeds: expected an integer of at least 1, found "x"'],
    [["run", "cycling", "--seeds", "1.5"], '--seeds: expected an integer of at least 1, found "1.5"'],
    [["run", "cycling", "--set", "steps"], "--set steps: expected path=value, as in --set optimizer.lr=0.01"],
    [["run", "cycling", "--engine", "wams"], 'engine: unknown name "wams"; did you mean "wasm"? valid: auto, wasm'],
    [
      ["run", "cyclin"],
      `unknown study "cyclin"; did you mean "cycling"? valid: ${[...builtInStudies(), "the path of a YAML file"].join(", ")}\n`,
    ],
    [["run", "cycling", "cycling"], 'two studies are named "cycling"'],
    [["list", "optimizer"], 'list: unknown kind "optimizer"; did you mean "optimizers"?'],
    [
      ["list", "columns", "gaem"],
      'list columns: task: unknown name "gaem"; did you mean "game"? valid: rl, game, problem',
    ],
    [["list", "games", "rl"], 'list: too many arguments: games takes none, found "rl"'],
    [["report", "nowhere"], "nowhere/study.json: there is no such file; is nowhere the results folder of a finished"],
    [["run", "a\nb"], 'unknown study "a\\nb"; valid: '],
    [["run", `${"a".repeat(1e5)}`], /^ringdown: unknown study "a{400,}…\n$/],
    [["run", "cycling", "--out", ""], "--out: expected the path of a folder, found nothing"],
    [["run", "cycling", "--seeds", "1000000000"], "--seeds: expected at most 100000, found 1000000000"],
    [["run", "cycling", "--time-limit", "9999999"], "--time-limit: expected an integer from 1 to 2147483"],
    [["run", "cycling", "--set", "experiments.first.__proto__.x=1"], 'a key cannot be named "__proto__"'],
    [["run", "cycling", "--set", "name=!secret x"], "the value is not YAML: Unresolved tag: !secret"],
    [["verify", "nowhere"], "nowhere: expected a study's results folder or a folder of runs, found no run"],
    [["train", "--env", "CartPole-v1", "--set", "env.copies=100000000"], "env.copies: expected at most 1000000, found"],
    [
      ["train", "--env", "CartPole-v1", "--resume"],
      "--resume: expected --checkpoint, the folder of the training; found none",
    ],
    [
      ["train", "--env", "CartPole-v1", "--checkpoint", ""],
      "--checkpoint: expected the path of a folder, found nothing",
    ],
    [
      ["train", "--env", "CartPole-v1", "--checkpoint", "c", "--resume"],
      "c/checkpoint.json: there is no checkpoint; ringdown train --checkpoint c writes one",
    ],
    [["evaluate", "c"], "c/checkpoint.json: there is no checkpoint; ringdown train --checkpoint c writes one"],
    [["report"], "report: missing required argument 'dir'"],
    [["report", "a", "b"], "report: too many arguments"],
    [["play", "bilinaer"], 'play: game.name: unknown name "bilinaer"; did you mean "bilinear"?'],
    [["play", "bilinear", "--optimizer", "adma"], 'play: optimizer.name: unknown name "adma"; did you mean "adam"?'],
    [["play", "bilinear", "--order", "both"], "play: order: expected one of simultaneous, alternating"],
    [["play", "bilinear", "--animate"], "--animate: expected --out, a folder for the run and its animation"],
    [["play", "bilinear", "--steps", "-5"], "--steps: expected an integer of at least 1"],
    [["lab", "--port", "70000"], '--port: expected an integer from 0 to 65535, found "70000"'],
    [["play", "bilinear", "--seed", "one"], '--seed: expected an integer of at least 0, found "one"'],
    [
      ["play", "bilinear", "--optimizer", "adam", "--set", "optimizer.bta1=0.5"],
      'play: optimizer: unknown key "bta1"; did you mean "beta1"? valid: name, lr, beta1, beta2, eps',
    ],
    [["play", "bilinear", "--set", "optimizer.lr=fast"], 'play: optimizer.lr: expected a number, found "fast"'],
    [["play", "bilinear", "--set", "optimizer.lr.x=1"], "optimizer.lr: expected"],
    [["play", "ring", "--set", "batch=1000000"], "the engine's memory of 256 MB is exhausted"],
    [["play", "ring", "--set", "optimizer.lr=.nan"], "play: optimizer.lr: expected a finite number, found NaN\n"],
    [["play", "ring", "--set", "game.radius=.inf"], "play: game.radius: expected a finite number, found Infinity\n"],
    [["play", "ring", "--set", "lr=0.1"], 'play: unknown key "lr"; did you mean "optimizer.lr"? valid: game, order'],
    [["play", "ring", "--set", "radius=1"], 'play: unknown key "radius"; did you mean "game.radius"?'],
    [
      ["play", "ring", "--set", "optimizers.critic.name=adam"],
      "play: optimizers.critic: no player of ring; valid: discriminator, generator\n",
    ],
    [["play", "ring", "--steps", "10000000000"], "play: steps: expected at most 2147483647, found 10000000000"],
    [["train"], "train: required option '--env <id>' not specified"],
    [["train", "--env", "CartPol-v1"], /env\.id: .*did you mean "CartPole-v1"\?.*found "CartPol-v1"/],
    [["train", "--env", "CartPole-v1", "--agent", "a3c"], /unknown name "a3c"; did you mean "a2c"\?|expected "a2c"/],
  ])("is refused: ringdown %j", async (options, message) => {
    await expectRefusal(folder(), options, message);
  });
});

describe("a study file with a mistake", () => {
  it.each([
    ["", "the file is empty"],
    ["name: [", "not YAML"],
    [study.replace("name: mine", "nam: mine"), 'unknown key "nam"; did you mean "name"?'],
    [study.replace("grid:", "gird:"), 'experiments.first: unknown key "gird"; did you mean "grid"?'],
    [study.replace("steps:", "stesp:"), 'experiments.first.config: unknown key "stesp"; did you mean "steps"?'],
    [
      study.replace("momentum: 0.5", "momentm: 0.5"),
      'experiments.first.config.optimizer: unknown key "momentm"; did you mean "momentum"? valid: name, lr, momentum',
    ],
    [study.replace("steps: 20", "steps: many"), 'experiments.first.config.steps: expected an integer, found "many"'],
    [study.replace("task: game", "task: gaem"), 'experiments.first.task: unknown name "gaem"; did you mean "game"?'],
    [study.replace("bilinear", "bilinea"), 'game.name: unknown name "bilinea"; did you mean "bilinear"?'],
    [study.replace("name: momentum", "name: momentun"), 'did you mean "momentum"?'],
    [
      study.replace("alternating", "alternate"),
      'experiments.first.config.order: expected one of simultaneous, alternating, extragradient, found "alternate"; did you mean "alternating"? (in the condition order=alternate)',
    ],
  ])("is refused before anything runs (%#)", async (text, message) => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), text);
    await expectRefusal(here, ["run", "mine.yaml"], message);
    await expectRefusal(here, ["run", "mine.yaml"], "mine.yaml: ");
  });

  it("is found whatever else is asked for in the same command", async () => {
    const here = folder();
    writeFileSync(join(here, "good.yaml"), study);
    writeFileSync(join(here, "bad.yaml"), study.replace("mine", "other").replace("steps:", "stesp:"));
    await expectRefusal(here, ["run", "good.yaml", "bad.yaml"], "bad.yaml: experiments.first.config: unknown key");
  });

  it("or without one, but not there or not readable, is refused", async () => {
    const here = folder();
    mkdirSync(join(here, "folder.yaml"));
    await expectRefusal(here, ["run", "none.yaml"], "none.yaml: there is no such file");
    await expectRefusal(here, ["run", "folder.yaml"], "folder.yaml: expected a study file, found a folder");
    // The superuser reads all, and Windows knows no such mode.
    if (process.platform === "win32" || process.getuid?.() === 0) return;
    writeFileSync(join(here, "secret.yaml"), study);
    chmodSync(join(here, "secret.yaml"), 0);
    await expectRefusal(here, ["run", "secret.yaml"], "secret.yaml: cannot be read (EACCES)");
  });

  it("made by --set is refused with the words of the option", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study);
    const set = (text: string) => ["run", "mine.yaml", "--set", text];
    await expectRefusal(here, set("experiments.first.config.optimizer.rho=0.9"), 'config.optimizer: unknown key "rho"');
    await expectRefusal(here, set("experiments.frist.config.steps=5"), "experiments.frist.task: missing");
    await expectRefusal(here, set("experiments.first.seeds.7=1"), "expected an index from 0 to 0");
    await expectRefusal(here, ["run", "mine.yaml", "--quick"], '--quick needs a section "quick"');
  });
});

describe("a study of too many runs", () => {
  it("is refused before any of them is planned", async () => {
    const here = folder();
    const axis = (name: string) => `${name}: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]`;
    const grid = `grid: { ${[..."abcdefghi"].map(axis).join(", ")} }, seeds: [1]`;
    writeFileSync(join(here, "huge.yaml"), `name: huge\nexperiments: { first: { task: game, ${grid} } }`);
    const message = "huge.yaml: expected at most 100000 runs (conditions × seeds), found 1000000000";
    await expectRefusal(here, ["run", "huge.yaml"], message);
  });
});

describe("in a process of its own", () => {
  it("the same is refused in the same way", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study.replace("momentum: 0.5", "momentm: 0.5"));
    const hint = 'config.optimizer: unknown key "momentm"; did you mean "momentum"?';
    await expectRefusal(here, ["run", "mine.yaml"], hint, ringdown);
    await expectRefusal(here, ["plya"], 'unknown command "plya"; did you mean "play"?', ringdown);
    await expectRefusal(here, ["play", "bilinaer"], 'did you mean "bilinear"?', ringdown);
  });
});

describe("a configuration that no memory holds", () => {
  it.each([
    [["play", "ring", "--set", "network.hidden=[30000,30000]"], /the engine's memory of \d+ MB is exhausted/],
    [["play", "ring", "--set", "game.modes=10000000000"], /play: game\.modes: expected at most 1000000, found/],
    [["play", "grid", "--set", "game.side=100000"], /play: game\.side: expected at most 1000, found 100000/],
    [
      ["train", "--env", "CartPole-v1", "--steps", "2000000000", "--set", "env.copies=400000000"],
      /train: env\.copies: expected at most 1000000, found 400000000/,
    ],
  ])("is refused in one line: ringdown %j", async (words, message) => {
    await expectRefusal(folder(), words, message);
  });
});

describe("a place that cannot be written", () => {
  it("is found before any training", async () => {
    const here = folder();
    writeFileSync(join(here, "mine.yaml"), study.replace("steps: 20", "steps: 100000000"));
    writeFileSync(join(here, "file"), "");
    await expectRefusal(here, ["run", "mine.yaml", "--out", "file"], "file/mine: cannot write there: a file is where");
    await expectRefusal(here, ["report", "file"], "file/study.json: a file is where a folder of its path should be");
    if (process.platform === "linux") {
      await expectRefusal(here, ["run", "mine.yaml", "--out", "/proc"], "/proc/mine: cannot write there: no folder");
    }
    await expectRefusal(
      here,
      ["play", "bilinear", "--steps", "100000000", "--out", "file"],
      "file: cannot write there",
    );
  });
});
