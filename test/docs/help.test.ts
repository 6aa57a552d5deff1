import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../src/cli/program.js";
import { catalogue } from "../../src/cli/reference/catalogue.js";
import { docstringOf } from "../../src/cli/reference/docstrings.js";
import { tasks } from "../../src/cli/tasks.js";
import { allOptions } from "../../src/config/options.js";
import { docstringsOf } from "../../src/docs/docstrings.js";
import { ringdownHere } from "../cli/run-cli.js";

const here = tmpdir();
const said = async (...words: string[]) => {
  const { status, stdout, stderr } = await ringdownHere(here, ...words);
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
};
const refused = async (...words: string[]) => {
  const { status, stdout, stderr } = await ringdownHere(here, ...words);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr.trim().split("\n")).toHaveLength(1);
  return stderr;
};

describe("ringdown describe", () => {
  it("says of a key its meaning, range, default, source, and what sets it, for every part that has it", async () => {
    const text = await said("describe", "optimizer.rho");
    expect(text).toMatch(/^optimizer\.rho \(adadelta\)\n/);
    const [, rmsprop] = text.split("\n\n");
    expect(rmsprop.split("\n")).toEqual([
      "optimizer.rho (rmsprop)",
      "  meaning  decay ρ of the mean square; its memory is 1/(1 − ρ) steps",
      "  takes    a number, at least 0, less than 1",
      "  default  torch 0.99, others 0.9",
      "  source   Tieleman and Hinton (2012); centered: Graves (2013); `torch.optim.RMSprop`",
      "  in       src/optim/rules/rmsprop.ts",
      "  set by   ringdown train or play --set optimizer.rho=<value>; experiments.<name>.config.optimizer.rho of a study file",
      ...(rmsprop.endsWith("\n") ? [""] : []),
    ]);
    const one = await said("describe", "experiments.jump.config.optimizer.rmsprop.rho");
    expect(one.trim()).toBe(rmsprop.trim());
  });

  it.each([
    ["env.drift", /keys +parameter, schedule, update, bounds, clock/],
    ["env.drift.0.schedule.at.steps", /^env\.drift\.schedule\.steps \(at\)\n/],
    ["env.CartPole-v1.length", /half the length of the pole, m\n/],
    ["env.gravity", /env\.parameters\.gravity of Pendulum-v1\n/],
    ["env.CartPole-v1", /^environment CartPole-v1: .*[\s\S]*\n {2}massPole +mass of the pole, kg/],
    ["tune.metric", /^tune\.metric \(experiment of a study\)[\s\S]*ringdown list metrics/],
    ["game.bilinear", /^game bilinear: [\s\S]*∂x = c y \+ γ x[\s\S]*\n {2}coupling +c, the strength/],
    ["game.bilinear.coupling", /default +1\n/],
    ["agent.ppo", /^agent ppo: /],
    ["steps", /\(task rl\)[\s\S]*\(task game\)[\s\S]*\(task problem\)/],
    ["train", /^Usage: ringdown train/],
  ])("answers %s", async (path, text) => {
    expect(await said("describe", path)).toMatch(text);
  });

  it("names the nearest key at the first one that is wrong", async () => {
    expect(await refused("describe", "optimizer.rmsprop.rhoo")).toContain(
      'describe: optimizer.rmsprop has no "rhoo"; did you mean "rho"? valid: lr, rho,',
    );
    expect(await refused("describe", "env.drft")).toContain('env has no "drft"; did you mean "drift"?');
    expect(await refused("describe", "optimiser")).toContain('nothing is named "optimiser"; did you mean "optimizer"?');
  });
});

describe("ringdown help", () => {
  it("lists the commands, or shows that of one, as its --help does", async () => {
    expect(await said("help")).toBe(await said("--help"));
    for (const command of createProgram().commands) {
      const name = command.name();
      expect(await said("help", name)).toContain((await said(name, "--help")).trim());
    }
  });

  it("explains everything that ringdown list lists", async () => {
    for (const { one, name: kind, entries } of await catalogue()) {
      expect(await said("help", kind)).toContain(`${kind} (`);
      const [first] = entries;
      expect(await said("help", first.name)).toContain(`${one} ${first.name}`);
    }
  }, 120_000);

  it("finds a key wherever it stands", async () => {
    expect(await said("help", "rho")).toMatch(/^optimizer\.rho|\nalso: .*optimizers\.<name>\.rho/);
    expect(await said("help", "meanReturnLast100")).toMatch(/^metric meanReturnLast100: mean return of the last 100/);
  });

  it("names the nearest name of all kinds", async () => {
    expect(await refused("help", "rmsprob")).toContain('did you mean "rmsprop"?');
    expect(await refused("help", "CartPole")).toContain('did you mean "CartPole-v1"?');
  });
});

describe("ringdown list", () => {
  it("marks what the schemas refuse together, and nothing else", async () => {
    const agents = await said("list", "agents");
    expect(agents).toMatch(/gradientBandit .*\(not with CartPole-v1, /);
    expect(agents).toMatch(/\n {2}ppo [^(]*\n?$/);
    expect(agents.match(/reinforce .*/)?.[0]).toMatch(/\(not with CliffWalking-v1\)$/);
    const games = await said("list", "games");
    expect(games.match(/ {2}ring .*/)?.[0]).toContain("(not with consensus, gradientNoise, field)");
    expect(games.match(/ {2}dirac .*/)?.[0]).toContain("not with network, discriminator, batch, averaging, snapshots");
  });

  it("knows every kind by its name and no other", async () => {
    const kinds = (await catalogue()).map(({ name }) => name);
    expect(kinds).toEqual(expect.arrayContaining(["problems", "driftUpdates", "losses", "metrics", "claims", "cures"]));
    expect(await refused("list", "optimizer")).toContain('did you mean "optimizers"?');
  });
});

describe("what is said of names", () => {
  it("has a line for each, and a docstring for whatever has a file of its own", async () => {
    for (const { name: kind, folders, entries } of await catalogue()) {
      const unsaid = entries.filter(({ line }) => line === "").map(({ name }) => `${kind}: ${name}`);
      expect(unsaid).toEqual([]);
      if (folders === undefined || kind === "studies") continue;
      const untold = entries.filter(({ name }) => docstringOf(name, folders) === undefined);
      expect(untold.map(({ name }) => `${kind}: ${name}`)).toEqual([]);
    }
  });

  it("comes from the docstrings of what a definition is made by", () => {
    const text = `
/** Told of the maker. See {@link other}.
 *
 * Source: somebody.
 *
 * @throws never
 */
export function make(options: Options) {}
const schema = z.strictObject({ name: z.literal("thing"), of: z.literal("no") });
export const thing = define({ schema, make });
/** Of itself. */
export const place = { id: "Place-v1" };
const silent = define({ id: "silent" });`;
    expect(docstringsOf("file.ts", text)).toEqual([
      { file: "file.ts", name: "thing", text: "Told of the maker. See other.\n\nSource: somebody." },
      { file: "file.ts", name: "Place-v1", text: "Of itself." },
    ]);
  });

  it("says of every command where its keys are listed", async () => {
    for (const [command, keys] of [
      ["train", "rl"],
      ["play", "game"],
      ["run", "study"],
    ]) {
      expect((await said(command, "--help")).replaceAll(/\s+/g, " ")).toContain(`ringdown help ${keys}`);
      expect(await said("help", keys)).toContain("options (one in detail: ringdown describe <key>)");
    }
    expect(allOptions(tasks[0].schema).length).toBeGreaterThan(100);
  });
});
