import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leaves } from "../../src/cli/explanation.js";
import { tasks } from "../../src/cli/tasks.js";
import { planStudy } from "../../src/study/grid.js";
import { loadStudy } from "../../src/study/load.js";
import { ringdownHere } from "./run-cli.js";

const study = `
name: mine
title: Which order?
experiments:
  plain:
    task: game
    config: { game: { name: bilinear }, steps: 20, optimizer: { name: sgd, lr: 0.1 } }
    grid:
      order: [simultaneous, alternating]
      +rule: { slow: { optimizer.lr: 0.1 }, heavy: { optimizer: { name: momentum } } }
    seeds: [1, 2]
  tuned:
    task: problem
    config: { problem: { name: quadratic }, steps: 20, optimizer: { name: sgd }, score: { observable: loss } }
    grid: { optimizer.weightDecay: [0, 0.1] }
    seeds: [1, 2, 3]
    tune: { axes: { optimizer.lr: [0.01, 0.1] }, metric: score, goal: minimise, seeds: [101, 102] }
quick: { experiments.plain.seeds: [1] }
`;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ringdown-explain-"));
  writeFileSync(join(folder, "mine.yaml"), study);
});
afterAll(() => rmSync(folder, { recursive: true }));

const explained = async (...words: string[]) => {
  const { stdout, status } = await ringdownHere(folder, "explain", "mine.yaml", ...words);
  expect(status).toBe(0);
  return stdout;
};
const asJson = async (...words: string[]) => JSON.parse(await explained("--json", ...words));

describe("ringdown explain", () => {
  it("resolves the runs to the ids that ringdown run gives them", async () => {
    const { runs, engine, experiments } = await asJson("--engine", "wasm");
    const planned = planStudy(loadStudy(join(folder, "mine.yaml")), tasks, "wasm").experiments[0];
    expect([runs, engine]).toEqual([8 + 8 + 6, "wasm"]);
    const ids = experiments[0].conditions.flatMap((one: { runs: { id: string }[] }) => one.runs.map(({ id }) => id));
    expect(ids).toEqual("runs" in planned ? planned.runs.map(({ id }) => id) : []);
  });

  it("shows one configuration whole, and of the other conditions what differs", async () => {
    const [plain] = (await asJson()).experiments;
    expect(plain.axes).toEqual({ order: ["simultaneous", "alternating"], "+rule": ["slow", "heavy"] });
    expect(plain.config).toMatchObject({
      "game.name": "bilinear",
      order: "simultaneous",
      "optimizer.flavour": "torch",
    });
    const [first, heavy, alternating] = plain.conditions;
    expect(first.differs).toEqual({});
    expect(heavy.differs).toMatchObject({ "optimizer.name": "momentum", "optimizer.momentum": 0.9 });
    expect(alternating.differs).toEqual({ order: "alternating" });
  });

  it("says how a tuned experiment is tuned, and gives no ids that tuning decides", async () => {
    const [, tuned] = (await asJson()).experiments;
    expect(tuned).toMatchObject({ tuningRuns: 8, tune: { metric: "score", goal: "minimise" } });
    expect(tuned.conditions[0].runs).toEqual([1, 2, 3].map((seed) => ({ seed, id: null })));
    expect(await explained()).toContain("minimise score over the seeds 101, 102, for every condition apart");
  });

  it("takes the changes that ringdown run takes", async () => {
    expect((await asJson("--quick")).experiments[0].seeds).toEqual([1]);
    expect((await asJson("--only", "plain")).experiments).toHaveLength(1);
    const [plain] = (await asJson("--set", "experiments.plain.config.steps=7")).experiments;
    expect(plain.config.steps).toBe(7);
  });

  it("is readable", async () => {
    const text = await explained();
    expect(text).toContain("mine: Which order?\n22 runs on ");
    expect(text).toContain("plain, task game: 4 conditions × 2 seeds = 8 runs\n");
    expect(text).toContain("tuned, task problem: 8 runs of tuning, then 2 conditions × 3 seeds = 6 runs\n");
    expect(text).toMatch(/ {4}order=alternating, \+rule=slow +order="alternating"\n/);
    expect(text).toMatch(/ {4}order=alternating, \+rule=slow +1 [0-9a-f]{16}, 2 [0-9a-f]{16}\n/);
  });
});

describe("the leaves of a configuration", () => {
  it("are numbers, words, empty maps and lists of plain values, by their paths", () => {
    expect(leaves({ a: { b: 1, c: [1, [2]] }, d: [{ e: null }], f: {}, g: [] })).toEqual({
      ...{ "a.b": 1, "a.c": [1, [2]], "d.0.e": null, f: {}, g: [] },
    });
  });
});
