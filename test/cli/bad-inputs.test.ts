import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();

const milliseconds = 3000;
/** Other programs on this machine may slow it down; a hang is minutes. */
const patience = 5;

/** Exit code 2, one line on standard error, nothing on standard output, nothing left behind, soon. */
async function expectRefusal(words: readonly string[], text?: string | Buffer): Promise<void> {
  const here = folder();
  mkdirSync(join(here, "empty"));
  writeFileSync(join(here, "file"), "text\n");
  if (text !== undefined) writeFileSync(join(here, "mine.yaml"), text);
  const before = readdirSync(here, { recursive: true }).sort();
  const began = performance.now();
  const { status, stdout, stderr } = await ringdownHere(here, ...words);
  const took = performance.now() - began;
  expect(stderr).toMatch(/^ringdown: [^\n]+\n$/);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr.length).toBeLessThan(500);
  expect(readdirSync(here, { recursive: true }).sort()).toEqual(before);
  expect(took).toBeLessThan(patience * milliseconds);
}

// Modules are loaded once, which no single input should pay for.
beforeAll(() => ringdownHere(".", "play", "bilinaer"));

const numbers = ["", "0x", "-1", "1.5", "one", "NaN", "1e9999", " ", "9".repeat(400), "１", "1,2", "\n"];
const across = (before: readonly string[], option: string, values: readonly string[], after: readonly string[] = []) =>
  values.map((value) => [...before, option, value, ...after]);

/** Where Linux and macOS let nobody make a folder; Windows would make one. */
const unwritable = process.platform === "win32" ? [] : ["/proc", "/dev/null/x"];

const commands: string[][] = [
  ...[
    "",
    " ",
    "runn",
    "RUN",
    "run ",
    "--",
    "-x",
    "--x=1",
    "\u0000",
    "ru\nn",
    "a".repeat(1e5),
    "__proto__",
    "constructor",
  ]
    .map((word) => [word])
    .filter(([word]) => word !== "--"),
  ...["run", "report", "verify", "merge", "status", "worker", "train", "play", "compare", "explain", "init"].flatMap(
    (command) => [[command], [command, "--nonsense"], [command, "--nonsense=1", "x"]],
  ),
  ...across(["run", "damping"], "--jobs", numbers),
  ...across(["run", "damping"], "--seeds", [...numbers, "100001", "0"]),
  ...across(["run", "damping"], "--time-limit", [...numbers, "0"]),
  ...across(["run", "damping"], "--memory-limit", [...numbers, "15"]),
  ...across(["run", "damping"], "--shard", [
    "",
    "1",
    "0/3",
    "4/3",
    "1/0",
    "-1/3",
    "a/b",
    "1/3/5",
    "1.5/3",
    " 1/3",
    "1 / 3",
    "1/9999999",
  ]),
  ...across(["run", "damping"], "--engine", ["", "WASM", "cuda", "__proto__", "wasm "]),
  ...across(["run", "damping"], "--only", ["", ",", "a,,b", "nothing", "__proto__", "../x"]),
  ...across(["run", "damping"], "--queue", ["", "x", "http://x", "redis:/", "file:///etc", "redis://127.0.0.1:1"]),
  ...across(["run", "damping"], "--out", ["", "file", "file/below", ...unwritable]),
  ...across(["run", "damping"], "--set", [
    "",
    "=",
    "x",
    "=1",
    "experiments=1",
    "name=../evil",
    "experiments.x.y=1",
    "name=[",
    "a.__proto__.b=1",
    "name=!tag x",
    "name=",
  ]),
  ...[
    "",
    " ",
    "..",
    "/",
    "file",
    "empty",
    "nowhere",
    "no.yaml",
    "empty/x.yaml",
    "file/x.yaml",
    "dampin",
    "DAMPING",
    "a\nb",
  ].map((name) => ["run", name]),
  ["run", "damping", "damping"],
  ...["", "nowhere", "file", "empty", "/dev/null", "a\nb", "a".repeat(300)].flatMap((name) =>
    ["report", "verify", "merge", "status"].map((command) => [command, name]),
  ),
  ...across(["verify", "empty"], "--rerun", numbers),
  ...["", "x.txt", "a\nb.yaml", "a: b.yaml", "file/x.yaml", "con.yaml"].map((name) => ["init", name]),
  ...across(["init", "x.yaml"], "--env", ["", "a: b", "__proto__"]),
  ...["", "nowhere", "file", "no.yaml"].map((name) => ["explain", name]),
  ...["", "__proto__", "Bash"].map((name) => ["completion", name]),
  ...["", "file/x", "nowhere/x"].map((name) => ["schema", "--write", name]),
  ["merge", "new", "nowhere"],
  ["merge", "new", "empty", "file"],
  ["worker", "--queue", "x"],
  ["worker", "--queue", "redis://127.0.0.1:1"],
  ...across(["play", "bilinear"], "--steps", [...numbers, "0", "2147483648"]),
  ...across(["play", "bilinear"], "--seed", numbers),
  ...across(["play", "bilinear"], "--optimizer", ["", "Adam", "adma", "__proto__", "toString"]),
  ...across(["play", "bilinear"], "--order", ["", "both", "__proto__"]),
  ...across(["play", "bilinear"], "--set", [
    "optimizer.lr=",
    "optimizer.lr=fast",
    "optimizer.lr=.nan",
    "optimizer.lr=[1]",
    "optimizer.lr={}",
    "steps=1.5",
    "steps=0",
    "game=1",
    "game.name=1",
    "x=1",
    "optimizer.__proto__=1",
    "constructor=1",
    "game.start=[1]",
    "game.start=one",
  ]),
  ...["", "bilinaer", "__proto__", "constructor", "../x", "a".repeat(1e4)].map((name) => ["play", name]),
  ...across(["train"], "--env", ["", "CartPole", "cartpole-v1", "__proto__", "a\nb"]),
  ...across(["train", "--env", "CartPole-v1"], "--agent", ["", "dqn", "__proto__"]),
  ...across(["train", "--env", "CartPole-v1"], "--steps", [...numbers, "0"]),
  ...across(["list"], "x", [""]).map(([list]) => [list, "things"]),
];

const valid = `name: mine
experiments:
  first:
    task: game
    config: { game: { name: bilinear }, optimizer: { name: sgd, lr: 0.1 }, steps: 20 }
    grid: { order: [simultaneous, alternating] }
    seeds: [1]
`;
const changed = (from: string, ...to: string[]) => to.map((text) => valid.replace(from, text));
const names = [
  "../../evil",
  "/evil",
  "a/b",
  "a\\b",
  ".",
  "''",
  "con",
  "nul",
  "COM1",
  "a b",
  "é",
  "x".repeat(65),
  "-x",
  "[]",
  "1.5e",
  "null",
  "'a\\nb'",
];

const studies: (string | Buffer)[] = [
  ...[
    "",
    " ",
    "\n",
    "[]",
    "1",
    "text",
    "name: [",
    "\t",
    "a: b: c",
    "- a",
    "null",
    "true",
    "{",
    "%",
    "&a *a",
    "---\n---\n",
  ],
  ...[
    "name: mine",
    "experiments: {}",
    "name: mine\nexperiments: {}",
    "name: mine\nexperiments: []",
    "name: mine\nexperiments: { a: 1 }",
  ],
  Buffer.from([0xff, 0xfe, 0x00, 0x01]),
  ...changed("name: mine", ...names.map((name) => `name: ${name}`)),
  ...changed(
    "first:",
    ...names.filter((name) => !["[]", "1.5e", "null", "'a\\nb'"].includes(name)).map((name) => `${name}:`),
  ),
  ...changed("task: game", "task: gaem", "task: 1", "task: []", "task: ''", "task: __proto__", "tsk: game"),
  ...changed(
    "seeds: [1]",
    "seeds: []",
    "seeds: 1",
    "seeds: [1, 1]",
    "seeds: [-1]",
    "seeds: [1.5]",
    "seeds: [x]",
    "seeds: [1e999]",
    "seeds: {}",
  ),
  ...changed(
    "[simultaneous, alternating]",
    "[]",
    "x",
    "[x]",
    "[simultaneous, simultaneous]",
    "{}",
    "[{}]",
    "[[]]",
    "1",
  ),
  ...changed(
    "order: [simultaneous, alternating]",
    "x: [1, 2]",
    "'': [1, 2]",
    "optimizer: [1]",
    "optimizer.lr.x: [1]",
    "a.__proto__: [1]",
  ),
  ...changed(
    "steps: 20",
    "steps: 0",
    "steps: -1",
    "steps: 1.5",
    "steps: many",
    "steps: 1e99",
    "steps: .inf",
    "stesp: 20",
    "steps: [20]",
    "steps: ''",
  ),
  ...changed("lr: 0.1", "lr: .nan", "lr: fast", "lr: [0.1]", "lr: {}", "rl: 0.1", "lr: 0.1, rho: 0.9"),
  ...changed("name: bilinear", "name: bilinaer", "name: 1", "nam: bilinear", "name: bilinear, x: 1", "name: custom"),
  `${valid}quick: { x: 1 }\n`,
  `${valid}quick: []\n`,
  `${valid}extra: 1\n`,
  `${valid}title: ''\n`,
  `x: &x [*x]\n${valid}`,
  `${valid}__proto__: 1\n`,
  `${valid}constructor: 1\n`,
  `${valid}title: !secret x\n`,
  `${valid}${Array.from({ length: 20_000 }, (_, key) => `key${key}: 1\n`).join("")}`,
];

let checked = 0;
describe("of many bad inputs", () => {
  it.each(commands.map((words, index) => [index, JSON.stringify(words).slice(0, 90), words] as const))(
    "%i, ringdown %s, is refused",
    async (_, __, words) => {
      await expectRefusal(words);
      checked++;
    },
  );

  it.each(studies.map((text, index) => [index, text] as const))("the study %i is refused", async (_, text) => {
    await expectRefusal(["run", "mine.yaml"], text);
    checked++;
  });

  afterAll(() => expect(checked).toBeGreaterThanOrEqual(300));
});
