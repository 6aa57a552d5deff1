import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { complete } from "../../src/cli/completion/complete.js";
import { type Shell, script, shells } from "../../src/cli/completion/scripts.js";
import { argumentValues, optionValues } from "../../src/cli/completion/values.js";
import { createProgram } from "../../src/cli/program.js";
import { packageRoot } from "../../src/config/package.js";
import { builtCli } from "../study/built.js";
import { ringdownHere } from "./run-cli.js";

const program = createProgram();
const completed = async (...words: string[]) => (await complete(program, words)).words.map(([word]) => word);

/** Options that take a number or words of the user's own, which nothing can complete. */
const freeOptions = [
  ...["--baseline", "--checkpoint-every", "--episodes", "--experiment", "--jobs", "--memory-limit", "--metric"],
  ...["--phase", "--port", "--queue", "--rerun", "--seed", "--seeds", "--shard", "--steps", "--time-limit"],
];

describe("a command line that is begun", () => {
  it.each([
    [["pl"], ["play"]],
    [["play", "ri"], ["ring"]],
    [["play", "ring", "--optimizer", "rms"], ["rmsprop"]],
    [["play", "ring", "--optimizer=rms"], ["--optimizer=rmsprop"]],
    [["play", "ring", "--order", "si"], ["simultaneous"]],
    [["play", "ring", "--opt"], ["--optimizer"]],
    [["train", "--env", "CartP"], ["CartPole-v1"]],
    [["train", "--env", "CartPole-v1", "--agent", "p"], ["ppo"]],
    [["run", "damp"], ["damping"]],
    [["run", "--quick", "damping", "cy"], ["cycling"]],
    [["run", "damping", "--only", "momentumG"], []],
    [["list", "optim"], ["optimizers"]],
    [["list", "columns", "ga"], ["game"]],
    [["export", "results/damping", "--to", "c"], ["csv"]],
    [["completion", "z"], ["zsh"]],
    [["run", "damping", "--engine", "wa"], ["wasm"]],
    [["play", "ring", "ring2", "x"], []],
    [["plya", "x"], []],
    [["run", "damping", "--jobs", ""], []],
  ])("goes on: %j", async (words, expected) => {
    expect(await completed(...words)).toEqual(expected);
  });

  it("offers what a command has, with a line about each", async () => {
    expect((await complete(program, [""])).words).toContainEqual(["doctor", expect.stringContaining("installed")]);
    expect((await complete(program, ["run", "--"])).words).toContainEqual(["--quick", "the study's own short version"]);
    expect(await completed("")).not.toContain("__complete");
  });

  it.each([
    [["run", "x"], "files"],
    [["report", "res"], "folders"],
    [["play", "ring", "--out", "r"], "folders"],
    [["play", "ri"], "none"],
  ])("leaves paths to the shell where they are meant: %j", async (words, paths) => {
    expect((await complete(program, words)).paths).toBe(paths);
  });
});

describe("--set", () => {
  it.each([
    [
      ["play", "ring", "--set", "opt"],
      ["optimizer.", "optimizers."],
    ],
    [["play", "ring", "--set", "optimizer.mom"], []],
    [["play", "ring", "--optimizer", "momentum", "--set", "optimizer.mom"], ["optimizer.momentum="]],
    [
      ["play", "ring", "--set", "optimizer.name=adam", "--set", "optimizer.beta"],
      ["optimizer.beta1=", "optimizer.beta2="],
    ],
    [["play", "ring", "--set", "optimizer.name=rms"], ["optimizer.name=rmsprop"]],
    [
      ["play", "ring", "--optimizer", "rmsprop", "--set", "optimizer.centered="],
      ["optimizer.centered=true", "optimizer.centered=false"],
    ],
    [["play", "ring", "--set", "order=alt"], ["order=alternating"]],
    [["play", "ring", "--set", "optimizer.lr="], []],
    [["train", "--env", "CartPole-v1", "--agent", "ppo", "--set", "agent.ga"], ["agent.gamma="]],
    [["run", "damping", "--set", "na"], ["name="]],
    [["compare", "results", "--set", "x"], []],
  ])("knows the keys and the names of the configuration: %j", async (words, expected) => {
    expect(await completed(...words)).toEqual(expected);
  });

  it("goes into the experiments of a study, and there into the configuration of their task", async () => {
    const folder = mkdtempSync(join(tmpdir(), "ringdown-completion-"));
    const file = join(folder, "mine.yaml");
    const config = "{ game: { name: bilinear }, optimizer: { name: adam } }";
    writeFileSync(file, `name: mine\nexperiments: { first: { task: game, config: ${config} } }`);
    try {
      const set = (begun: string) => completed("run", file, "--set", begun);
      expect(await set("experiments.")).toEqual(["experiments.first."]);
      expect(await set("experiments.first.see")).toEqual(["experiments.first.seeds="]);
      expect(await set("experiments.first.config.optimizer.beta1")).toEqual([
        "experiments.first.config.optimizer.beta1=",
      ]);
      expect(await set("experiments.other.config.")).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("what is known of values", () => {
  const commands = [program, ...program.commands];
  const taking = ({ options }: Command) => options.filter(({ required, optional }) => required || optional);

  it("covers every option that takes one, or says that it is free", () => {
    const options = [...new Set(commands.flatMap(taking).map(({ long }) => long))].sort();
    expect(options).toEqual([...Object.keys(optionValues), ...freeOptions].sort());
  });

  it("covers every argument", () => {
    const names = new Set(commands.flatMap(({ registeredArguments }) => registeredArguments.map((one) => one.name())));
    expect([...names].sort()).toEqual(Object.keys(argumentValues).sort());
  });
});

describe("the answer to a shell", () => {
  it("says which paths it adds, then the words", async () => {
    const { stdout, status } = await ringdownHere(tmpdir(), "__complete", "play", "bili");
    expect(stdout).toMatch(/^none\nbilinear\t.+\n$/);
    expect(status).toBe(0);
  });

  it("is empty where the line is wrong already", async () => {
    const { stdout, status, stderr } = await ringdownHere(tmpdir(), "__complete", "run", "nowhere.yaml", "--set", "e");
    expect([stdout, stderr, status]).toEqual(["none\n", "", 0]);
  });

  it.each(shells)("is asked for by the script that ringdown completion prints for %s", async (shell) => {
    const { stdout } = await ringdownHere(tmpdir(), "completion", shell);
    expect(stdout).toBe(script(shell));
    expect(stdout).toContain("__complete");
  });

  it("is no script for a shell that there is none for", async () => {
    const { stderr, status } = await ringdownHere(tmpdir(), "completion", "fis");
    expect(stderr).toContain('completion: unknown shell "fis"; did you mean "fish"? valid: bash, zsh, fish');
    expect(status).toBe(2);
  });
});

const has = (shell: string) => spawnSync(shell, ["-c", "exit 0"]).status === 0;

describe("in a real shell", { timeout: 180_000 }, () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ringdown-shell-"));
    mkdirSync(join(folder, "results"));
    writeFileSync(join(folder, "resume.yaml"), "");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const inShell = (shell: string, script: string, ...words: string[]) => {
    const { stdout, stderr } = spawnSync(shell, ["-c", script, ...words], { cwd: folder, encoding: "utf8" });
    expect(stderr).toBe("");
    return stdout.split("\n").filter(Boolean).sort();
  };
  const node = `"${process.execPath}" "${builtCli}"`;
  const sourced = (shell: Shell) => join(packageRoot, "src", "cli", "completion", `ringdown.${shell}`);

  describe.skipIf(!has("bash"))("bash", () => {
    /** What Readline would show; COMP_WORDS is split at = and :, as Readline does. */
    const bash = (line: string) => {
      const words = line.slice(line.lastIndexOf(" ") + 1) === "" ? `${line}''` : line.replaceAll(/([=:])/g, " $1 ");
      return inShell(
        "bash",
        `ringdown() { ${node} "$@"; }
         source "${sourced("bash")}"
         COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
         _ringdown
         printf '%s\\n' "\${COMPREPLY[@]}"`,
      );
    };

    it("completes commands, names, keys and paths", () => {
      expect(bash("ringdown pl")).toEqual(["play"]);
      expect(bash("ringdown play bilinear --set optimizer.name=rms")).toEqual(["rmsprop"]);
      expect(bash("ringdown run res")).toEqual(["results", "resume.yaml"]);
    });
  });

  describe.skipIf(!has("zsh"))("zsh", () => {
    it("completes commands, names and keys", () => {
      const zsh = (line: string) => {
        const words = line.split(" ").map((word) => `'${word}'`);
        return inShell(
          "zsh",
          `compdef() { }
           compadd() { print -l -- "\${(P)@[-1]}"; }
           _files() { print -l -- files "$@"; }
           ringdown() { ${node} "$@"; }
           source "${sourced("zsh")}"
           words=(${words.join(" ")}) CURRENT=${words.length} PREFIX=${words.at(-1)}
           _ringdown`,
        );
      };
      expect(zsh("ringdown play bilinear --optimizer momentum --set optimizer.mom")).toEqual(["optimizer.momentum="]);
      expect(zsh("ringdown report res")).toEqual(["-/", "files"]);
    });
  });

  describe.skipIf(!has("fish"))("fish", () => {
    it("completes commands, names, keys and paths", () => {
      const fish = (line: string) =>
        inShell(
          "fish",
          `function ringdown; ${node} $argv; end
           source "${sourced("fish")}"
           complete -C '${line}'`,
        ).map((answer) => answer.split("\t")[0]);
      expect(fish("ringdown pl")).toEqual(["play"]);
      expect(fish("ringdown play bilinear --set optimizer.name=rms")).toEqual(["optimizer.name=rmsprop"]);
      expect(fish("ringdown report res")).toEqual(["results/"]);
    });
  });
});
