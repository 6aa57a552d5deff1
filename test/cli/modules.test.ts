import { cpSync, existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { requireAllowed } from "../../src/cli/modules.js";
import { modulesNamedIn } from "../../src/config/user-module.js";
import { temporaryFolders } from "../study/temporary-folder.js";
import { ringdown, ringdownHere } from "./run-cli.js";

const folder = temporaryFolders();
const module = resolve(import.meta.dirname, "../optim/fixtures/sign-descent.mjs");

const study = (lines: string) => `name: theirs
experiments:
  first:
    task: game
    config: { game: { name: bilinear }, optimizer: { name: sgd, lr: 0.1 }, steps: 20 }
${lines}
    seeds: [1]
`;
const inGrid = study(
  "    grid: { optimizer: { own: { name: custom, module: ./theirs.mjs }, sgd: { name: sgd, lr: 0.1 } } }",
);

/** A folder with a study file of somebody else's, and the module that it names, which leaves a file when it runs. */
function theirs(text: string): string {
  const here = folder();
  writeFileSync(join(here, "theirs.yaml"), text);
  cpSync(module, join(here, "sign.mjs"));
  const code =
    'import { writeFileSync } from "node:fs";\nwriteFileSync("has-run", "");\nexport { default } from "./sign.mjs";\n';
  writeFileSync(join(here, "theirs.mjs"), code);
  return here;
}

const refusal = /^ringdown: theirs\.yaml.*: names the module \.\/theirs\.mjs, .*--allow-modules\n$/;

describe("a study file that names a module", () => {
  it.each([
    ["is not run", []],
    ["is not timed", ["--dry-run"]],
    ["is not shared", ["--join"]],
  ])("%s where nobody has allowed it: one line, and nothing is written", async (_, words) => {
    const here = theirs(inGrid);
    const { status, stdout, stderr } = await ringdownHere(here, "run", "theirs.yaml", ...words);
    expect([status, stdout, stderr]).toEqual([2, "", expect.stringMatching(refusal)]);
    expect([existsSync(join(here, "has-run")), existsSync(join(here, "results"))]).toEqual([false, false]);
  });

  it("is not run either where tuning alone names it", async () => {
    const tuned = `    tune: { axes: { optimizer.lr: [0.1, 0.2] }, metric: measured.radius, goal: minimise, seeds: [9], set: { optimizers.x: { name: custom, module: ./theirs.mjs } } }`;
    const { status, stderr } = await ringdownHere(theirs(study(tuned)), "run", "theirs.yaml");
    expect([status, stderr]).toEqual([2, expect.stringMatching(refusal)]);
  });

  it("runs with --allow-modules, and its runs are carried out again only with it", () => {
    const here = theirs(inGrid);
    const { status, stderr } = ringdown(here, "run", "theirs.yaml", "--allow-modules", "--jobs", "1");
    expect([status, stderr]).toEqual([0, expect.stringContaining("2 runs")]);
    expect(existsSync(join(here, "has-run"))).toBe(true);
    const refused = ringdown(here, "verify", "results/theirs", "--rerun", "2");
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining("--allow-modules")]);
    expect(ringdown(here, "verify", "results/theirs", "--rerun", "2", "--allow-modules").status).toBe(0);
  });

  it("needs no word where the user names the module on the command line", async () => {
    const here = theirs(inGrid);
    const words = ["play", "bilinear", "--optimizer", "custom", "--set", "optimizer.module=./sign.mjs", "--steps", "5"];
    expect((await ringdownHere(here, ...words)).status).toBe(0);
  });
});

describe("a training that names a module", () => {
  it("is scored and drawn only when it is allowed", async () => {
    const here = folder();
    cpSync(module, join(here, "sign.mjs"));
    const train = ["train", "--env", "CartPole-v1", "--agent", "a2c", "--optimizer", "custom", "--steps", "200"];
    const made = await ringdownHere(here, ...train, "--set", "optimizer.module=./sign.mjs", "--checkpoint", "policy");
    expect(made.status).toBe(0);
    for (const command of [
      ["evaluate", "policy", "--episodes", "1"],
      ["render", "policy"],
      ["export", "policy", "--to", "onnx"],
    ]) {
      const { status, stderr } = await ringdownHere(here, ...command);
      expect([status, stderr]).toEqual([2, expect.stringContaining("names the module ./sign.mjs")]);
    }
    const allowed = await ringdownHere(here, "evaluate", "policy", "--episodes", "1", "--allow-modules");
    expect([allowed.status, allowed.stderr]).toEqual([0, ""]);
  });
});

describe("the question on a terminal", () => {
  const config = {
    optimizers: { x: { name: "custom", module: "./a.mjs" } },
    game: { name: "custom", module: "./b.mjs" },
  };

  function terminal(answer: string) {
    const input = Object.assign(new PassThrough(), { isTTY: true });
    const output = Object.assign(new PassThrough(), { isTTY: true });
    input.end(`${answer}\n`);
    return { input, output, asked: () => String(output.read()) };
  }

  it("names every module, and takes nothing but yes for one", async () => {
    const yes = terminal("y");
    await requireAllowed([config, config], "theirs.yaml", false, yes);
    expect(yes.asked()).toContain(
      "theirs.yaml: names the modules ./a.mjs, ./b.mjs; code in it runs with all your rights. Run it? [y/N] ",
    );
    const hiding = terminal("n");
    const hidden = { name: "custom", module: "\u001b[2K./c.mjs" };
    await expect(requireAllowed([hidden], "theirs.yaml", false, hiding)).rejects.toThrow("--allow-modules");
    expect(hiding.asked()).toContain("names the module \\u001b[2K./c.mjs; code");
    for (const answer of ["n", "", "maybe"]) {
      await expect(requireAllowed([config], "theirs.yaml", false, terminal(answer))).rejects.toThrow("--allow-modules");
    }
  });

  it("is not asked where nothing is named, or all is allowed", async () => {
    const none = terminal("n");
    await requireAllowed([{ game: { name: "bilinear" } }], "mine.yaml", false, none);
    await requireAllowed([config], "theirs.yaml", true, none);
    expect(none.asked()).toBe("null");
  });

  it("finds modules wherever a configuration holds them", () => {
    expect(modulesNamedIn(config)).toEqual([
      { at: "optimizers.x.module", module: "./a.mjs" },
      { at: "game.module", module: "./b.mjs" },
    ]);
    expect(modulesNamedIn({ module: "a word", list: [{ name: "custom" }], nothing: null })).toEqual([]);
  });
});
