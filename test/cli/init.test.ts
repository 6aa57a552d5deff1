import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { completeAnswers } from "../../src/cli/init-answers.js";
import { newStudyText } from "../../src/cli/new-study.js";
import { schemaAddress } from "../../src/cli/schema-address.js";
import { parseYaml } from "../../src/study/yaml.js";
import { ringdownHere } from "./run-cli.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ringdown-init-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const init = (...words: string[]) => ringdownHere(folder, "init", "mine.yaml", ...words);
const written = () => readFileSync(join(folder, "mine.yaml"), "utf8");
const experiment = () => (parseYaml(written()) as { experiments: { optimizers: unknown } }).experiments.optimizers;

describe("ringdown init", () => {
  it("writes the study that its options say, with its schema, and says what comes next", async () => {
    const words = ["--env", "Acrobot-v1", "--agent", "ppo", "--optimizers", "rmsprop,adam,sgd", "--seeds", "2"];
    const { status, stdout, stderr } = await init(...words, "--steps", "5000", "--tune");
    expect([status, stdout]).toEqual([0, "mine.yaml\n"]);
    expect(stderr).toContain("ringdown explain mine.yaml");
    expect(written()).toMatch(
      /^# yaml-language-server: \$schema=file:\/\/\/.*\/dist\/study\.schema\.json\nname: mine\n/,
    );
    expect(experiment()).toEqual({
      task: "rl",
      config: { env: { id: "Acrobot-v1" }, agent: { name: "ppo" }, steps: 5000 },
      grid: { "optimizer.name": ["rmsprop", "adam", "sgd"] },
      seeds: [1, 2],
      tune: {
        axes: { "optimizer.lr": [0.0003, 0.001, 0.003, 0.01] },
        metric: "meanReturnOverTime",
        seeds: [10_001, 10_002, 10_003],
      },
    });
    const explained = await ringdownHere(folder, "explain", "mine.yaml", "--json");
    expect(JSON.parse(explained.stdout)).toMatchObject({ study: "mine", runs: 3 * 4 * 3 + 3 * 2 });
  });

  it.each([
    [["--game", "bilinear", "--tune"], { metric: "measured.distance", goal: "minimise" }],
    [["--game", "ring", "--tune"], { metric: "measured.highQuality" }],
    [["--problem", "rosenbrock"], { metric: "score", goal: "minimise" }],
    [["--task", "problem"], { metric: "score" }],
  ])("tunes other tasks by what they record: %j", async (words, tune) => {
    expect((await init(...words)).status).toBe(0);
    expect(experiment()).toMatchObject({ tune });
  });

  it("leaves tuning out where it is told to", async () => {
    await init("--game", "dirac", "--no-tune");
    expect(experiment()).toEqual({
      task: "game",
      config: { game: { name: "dirac" } },
      grid: { "optimizer.name": ["rmsprop", "adam"] },
      seeds: [1, 2, 3, 4, 5],
    });
  });

  it.each([
    [["--task", "rll"], '--task: unknown name "rll"; did you mean "rl"? valid: rl, game, problem'],
    [["--task", "game", "--env", "CartPole-v1"], "--env: the task game has none; leave it out"],
    [["--game", "ring", "--agent", "ppo"], "the task"],
    [["--env", "CartPol-v1"], 'did you mean "CartPole-v1"?'],
    [["--game", "bilinaer"], 'unknown name "bilinaer"; did you mean "bilinear"?'],
    [["--problem", "quadratc"], 'unknown name "quadratc"; did you mean "quadratic"?'],
    [["--optimizers", "adma"], 'optimizer.name: unknown name "adma"; did you mean "adam"?'],
    [["--optimizers", "adam,"], "--optimizers: expected names separated by commas"],
    [["--seeds", "0"], "--seeds: expected an integer of at least 1"],
  ])("writes nothing that is wrong: %j", async (words, message) => {
    const { status, stderr } = await init(...words);
    expect(stderr).toContain(message);
    expect([status, existsSync(join(folder, "mine.yaml"))]).toEqual([2, false]);
  });

  it("never overwrites", async () => {
    writeFileSync(join(folder, "mine.yaml"), "mine");
    const { status, stderr } = await init();
    expect(stderr).toContain("init: mine.yaml is there already and stays as it is");
    expect([status, written()]).toEqual([2, "mine"]);
  });

  it("takes names of files alone that a study can have", async () => {
    expect((await ringdownHere(folder, "init", "con.yaml")).stderr).toContain(
      "that Windows does not keep for a device",
    );
    expect((await ringdownHere(folder, "init", "mine.txt")).stderr).toContain("expected a file named *.yaml");
  });

  it("names the schema by a path where study and package lie under the working directory", () => {
    const root = resolve(import.meta.dirname, "../..");
    const before = process.cwd();
    process.chdir(root);
    try {
      expect(schemaAddress("mine.yaml")).toBe("./dist/study.schema.json");
      expect(schemaAddress("studies/mine.yaml")).toBe("../dist/study.schema.json");
    } finally {
      process.chdir(before);
    }
  });
});

describe("the questions of ringdown init", () => {
  const answering = (...answers: string[]) => {
    const told: string[] = [];
    const terminal = {
      question: async (text: string) => {
        told.push(text);
        return answers.shift() ?? "";
      },
      say: (line: string) => void told.push(line),
    };
    return { terminal, told };
  };

  it("are those that the options leave open, and no answer is the usual one", async () => {
    const { terminal, told } = answering("", "4");
    const study = await completeAnswers("mine", { env: "CartPole-v1", agent: "ppo", tune: false }, terminal);
    expect(told.filter((line) => line.includes("?"))).toEqual([
      "Optimizers to compare, separated by commas? [rmsprop,adam] ",
      "Seeds? [5] ",
    ]);
    expect(study).toMatchObject({ optimizers: ["rmsprop", "adam"], seeds: 4, tune: false });
    expect(newStudyText(study, undefined)).toContain('title: "How do rmsprop, adam compare on CartPole-v1?"\n');
  });

  it("are asked again until the answer is a valid one", async () => {
    const { terminal, told } = answering("gaem", "game", "bilinear", "adam, sgd", "many", "3", "no");
    const study = await completeAnswers("mine", {}, terminal);
    expect(study).toEqual({
      ...{ name: "mine", optimizers: ["adam", "sgd"], seeds: 3, steps: undefined, tune: false },
      subject: { task: "game", game: "bilinear", isGan: false },
    });
    expect(told).toContain('  unknown name "gaem"; did you mean "game"? valid: rl, game, problem');
    expect(told).toContain("  expected an integer of at least 1");
  });
});
