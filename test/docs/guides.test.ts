import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { envSchema } from "../../envs/options.js";
import { check } from "../../src/config/check.js";
import { optimizerSchema } from "../../src/optim/index.js";
import { studySchema } from "../../src/study/schema.js";
import { tuneSchema } from "../../src/study/tuning/schema.js";
import { ringdown, ringdownHere } from "../cli/run-cli.js";
import { type Block, blocks, root } from "./blocks.js";
import { commandsIn, needsMore, onlyRead, read, shorten } from "./commands.js";

// Every code block of every guide is tried: commands with fewer steps, studies planned; programs in programs.test.ts.

/** Blocks that are not tried, by their first line, and why; SQL is not either: DuckDB's. */
const untried: Readonly<Record<string, string>> = {
  "#!/bin/bash": "a job of Slurm; the command in it is in the README",
  "apiVersion: batch/v1": "a job of Kubernetes; the command in it is in the README",
  "import json": "Python with pandas",
  "from safetensors.numpy import load_file": "Python with safetensors",
};
const firstLine = ({ code }: Block) => code.split("\n")[0];
const all = blocks();
const tried = all.filter(
  (block) => block.language !== "sql" && !(firstLine(block) in untried) && block.guide !== "test/golden/README.md",
);
const inLanguage = (...languages: string[]) => tried.filter(({ language }) => languages.includes(language));

let here: string;

/** Results that commands of guides read, made by studies of the same names in a second. */
const studies = {
  damping: `name: damping
experiments: { small: { task: game, config: { game: { name: bilinear }, optimizer: { name: sgd, lr: 0.1 }, steps: 20 }, seeds: [1, 2, 3] } }`,
  adaptation: `name: adaptation
experiments: { cartpole: { task: rl, config: { env: { id: CartPole-v1 }, optimizer: { name: rmsprop }, steps: 2000 }, grid: { optimizer.rho: [0.9, 0.99] }, seeds: [1, 2] } }`,
};

beforeAll(() => {
  here = mkdtempSync(join(tmpdir(), "ringdown-guides-"));
  for (const [name, text] of Object.entries(studies)) {
    writeFileSync(join(here, `${name}-small.yaml`), text);
    // The report of the same name finds too little in it; the results are there all the same.
    const { stderr } = ringdown(here, "run", `${name}-small.yaml`, "--jobs", "1");
    expect([existsSync(join(here, "results", name, "study.json")), stderr]).toEqual([true, expect.anything()]);
  }
  for (const name of readdirSync(join(root, "src/examples")))
    cpSync(join(root, "src/examples", name), join(here, name));
  const shorter = ["--set", "experiments.moons.config.steps=60", "--seeds", "2", "--jobs", "1"];
  expect(ringdown(here, "run", "question.yaml", ...shorter).status).toBe(0);
  for (const name of ["before", "after"]) {
    cpSync(join(here, "results/damping"), join(here, "results", name), { recursive: true });
  }
  writeFileSync(join(here, "my-points.csv"), "0,0\n1,0\n0,1\n1,1\n");
  // Files that blocks show are there for the commands of other blocks.
  for (const { code } of inLanguage("yaml", "js")) {
    const [, name] = code.match(/^(?:#|\/\/) ([\w-]+\.(?:yaml|mjs))/) ?? [];
    if (name !== undefined) writeFileSync(join(here, name), code);
  }
}, 120_000);

afterAll(() => rmSync(here, { recursive: true, force: true }));

describe("the blocks of guides", () => {
  it("are there, and those left out are few, each with a reason", () => {
    expect(all.length).toBeGreaterThan(30);
    const lines = all.map(firstLine);
    expect(Object.keys(untried).filter((line) => !lines.includes(line))).toEqual([]);
    expect([...new Set(tried.map(({ language }) => language))].sort()).toEqual(["js", "sh", "ts", "yaml"]);
  });
});

describe("the commands of guides", () => {
  const commands = inLanguage("sh").flatMap(({ guide, code }) =>
    commandsIn(code).map((words) => [guide, words.join(" "), words] as const),
  );

  it.each(commands)("%s: %s", async (_, __, words) => {
    if (words[0] === "npm") {
      const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
      const [, verb, script] = words;
      if (verb === "run") expect(Object.keys(scripts)).toContain(script);
      else expect(["ci", "install", "start", "test"]).toContain(verb);
      return;
    }
    if (words[0] === "pip") return;
    expect(words[0]).toBe("ringdown");
    const given = words.slice(1);
    if (given[0] in onlyRead || needsMore.some((word) => given.includes(word))) {
      const before = process.cwd();
      process.chdir(here);
      await read(given).finally(() => process.chdir(before));
      return;
    }
    // Several guides begin a training of the same name.
    const checkpoint = given.indexOf("--checkpoint") + 1;
    if (checkpoint > 0 && !given.includes("--resume"))
      rmSync(join(here, given[checkpoint]), { recursive: true, force: true });
    const inItsOwn = given[0] === "verify";
    const command = shorten(given);
    const { status, stderr } = inItsOwn ? ringdown(here, ...command) : await ringdownHere(here, ...command);
    expect([status, stderr]).toEqual([0, expect.anything()]);
  });
});

describe("the configurations of guides", () => {
  const configurations = inLanguage("yaml").map((block) => [block.guide, firstLine(block), block.code] as const);

  it.each(configurations)("%s: %s", (_, __, code) => {
    const value = parse(code);
    if ("experiments" in value) check(studySchema, value, "the block");
    else if ("tune" in value) check(tuneSchema, value.tune, "the block");
    else if ("env" in value) check(envSchema, value.env, "the block");
    else check(optimizerSchema, value.optimizer, "the block");
  });
});
