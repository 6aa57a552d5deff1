import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/config/input-error.js";
import { loadStudy } from "../../src/study/load.js";
import { temporaryFolders } from "./temporary-folder.js";

const folder = temporaryFolders();

const valid = `
name: toy
title: Does it decay?
experiments:
  first:
    task: decay
    config: { rate: 0.5, steps: 20 }
    grid:
      rate: [0.5, 1.5]
    seeds: [1, 2]
quick:
  experiments.first.seeds: [1]
  experiments.first.config.steps: 5
  experiments.first.grid.rate: [0.5]
`;

function write(text: string): string {
  const file = join(folder(), "study.yaml");
  writeFileSync(file, text);
  return file;
}

/** One line, with the file's name, of the kind that the command line shows without a stack. */
function expectRefusal(text: string, message: string): void {
  const file = write(text);
  const attempt = () => loadStudy(file);
  expect(attempt).toThrow(InputError);
  expect(attempt).toThrow(message);
  expect(attempt).toThrow(file);
  expect(attempt).not.toThrow("\n");
}

describe("a study file", () => {
  it("is read with its defaults", () => {
    const { study } = loadStudy(write("name: toy\nexperiments:\n  first:\n    task: decay\n"));
    expect(study.experiments.first).toEqual({ task: "decay", config: {}, grid: {}, seeds: [1, 2, 3] });
  });

  it("keeps only the experiments that are asked for, and names the nearest of one that it has not", () => {
    const file = write(valid.replace("quick:", "  second:\n    task: decay\nquick:"));
    expect(Object.keys(loadStudy(file, { quick: true, only: ["second"] }).study.experiments)).toEqual(["second"]);
    expect(() => loadStudy(file, { only: ["secnd"] })).toThrow(
      /^--only: .*study\.yaml has no experiment "secnd"; did you mean "second"\? valid: first, second$/,
    );
  });

  it("is shortened by its quick section, changed by --set after it, and by --seeds last", () => {
    const file = write(valid);
    expect(loadStudy(file).study.experiments.first.config.steps).toBe(20);
    const quick = loadStudy(file, { quick: true }).study.experiments.first;
    expect(quick).toMatchObject({ seeds: [1], config: { steps: 5 }, grid: { rate: [0.5] } });
    const set = [
      { path: "experiments.first.config.steps", value: 7 },
      { path: "experiments.first.seeds", value: [9] },
    ];
    const changed = loadStudy(file, { quick: true, set, seeds: 3 }).study.experiments.first;
    expect(changed).toMatchObject({ seeds: [1, 2, 3], config: { steps: 7 } });
  });

  it("leaves out an experiment that its quick section sets to null", () => {
    const file = write(
      valid.replace("quick:", "  second:\n    task: decay\nquick:").concat("  experiments.second: null\n"),
    );
    expect(Object.keys(loadStudy(file, { quick: true }).study.experiments)).toEqual(["first"]);
    expect(Object.keys(loadStudy(file).study.experiments)).toEqual(["first", "second"]);
  });

  it("leaves out an experiment's tuning that its quick section sets to null", () => {
    const tune = "    tune: { axes: { rate: [0.1, 0.2] }, seeds: [7], metric: last }\nquick:";
    const file = write(valid.replace("quick:", tune).concat("  experiments.first.tune: null\n"));
    expect(loadStudy(file, { quick: true }).study.experiments.first.tune).toBeUndefined();
    expect(loadStudy(file).study.experiments.first.tune?.seeds).toEqual([7]);
  });

  it.each([
    ["", "the file is empty; expected a study with a name and experiments"],
    ["# only a comment\n", "the file is empty"],
    ["name: [", "not YAML: "],
    ["name: a\nname: b\n", 'not YAML: the key "name" stands twice in one map'],
    ["name: !secret toy", "not YAML: Unresolved tag: !secret"],
    ["name: toy\nexperiments: &all { first: *all }\n", "not YAML: an alias stands for a value that holds it"],
    ["name: toy\nexperiments: { __proto__: { task: decay } }\n", 'not YAML: a key cannot be named "__proto__"'],
    ["name: toy\nconstructor: 1\n", 'not YAML: a key cannot be named "constructor"'],
    ["just words", 'expected an object, found "just words"'],
    ["- a\n- b\n", 'expected an object, found ["a","b"]'],
    ["name: toy\nexperiments: {}\n", "experiments: expected at least one experiment"],
  ])("that reads %j is refused", expectRefusal);

  it.each([
    ["title:", "titel:", 'unknown key "titel"; did you mean "title"? valid: name, title, experiments, quick'],
    ["    task:", "    tsak:", "experiments.first.task: missing; expected a string"],
    ["    grid:", "    gird:", 'experiments.first: unknown key "gird"; did you mean "grid"?'],
    ["name: toy", "name: a/b", "name: expected a name of letters, digits, hyphens and underscores"],
    ["name: toy", "name: LPT1", 'name: expected a name that Windows does not keep for a device, found "LPT1"'],
    ["name: toy", `name: ${"a".repeat(65)}`, "name: expected a length of at most 64, found"],
    ["name: toy", "name: 7", "name: expected a string, found 7"],
    ["  first:", "  'fi rst':", "experiments.fi rst: expected a name of letters"],
    ["[1, 2]", "[1, 1]", "experiments.first.seeds: expected seeds that differ, found [1,1]"],
    ["[1, 2]", "[]", "experiments.first.seeds: expected a length of at least 1, found []"],
    ["[1, 2]", "two", 'experiments.first.seeds: expected an array, found "two"'],
    ["[1, 2]", "[0.5]", "experiments.first.seeds.0: expected an integer, found 0.5"],
    ["rate: [0.5, 1.5]", "rate: 0.5", "experiments.first.grid.rate: expected a list of plain values, or"],
    ["rate: [0.5, 1.5]", "rate: [{ a: 1 }]", "maps as values need labels"],
    ["rate: [0.5, 1.5]", "rate: []", "experiments.first.grid.rate: expected a length of at least 1, found []"],
    ["rate: [0.5, 1.5]", "rate: {}", "experiments.first.grid.rate: expected at least one value"],
    ["first.seeds: [1]", "frist.seeds: [1]", "--quick: experiments.frist.task: missing"],
    ["experiments.first.seeds: [1]", "experiments.frist: null", "--quick: experiments.frist: expected an object"],
    [
      "first.seeds: [1]",
      "first.seeds.5: 1",
      'quick: experiments.first.seeds: expected an index from 0 to 1, found "5"',
    ],
  ])("in which %j becomes %j is refused", (from, to, message) => {
    expect(valid).toContain(from);
    expectRefusal(valid.replace(from, to), message);
  });

  it("that is not there, or a folder, is refused", () => {
    const here = folder();
    mkdirSync(join(here, "study.yaml"));
    expect(() => loadStudy(join(here, "study.yaml"))).toThrow("expected a study file, found a folder");
    expect(() => loadStudy(join(here, "none.yaml"))).toThrow("none.yaml: there is no such file");
  });

  it("of 100 000 keys takes seconds, not minutes", () => {
    const keys = Array.from({ length: 100_000 }, (_, index) => `      key${index}: 1\n`).join("");
    const text = `name: toy\nexperiments:\n  first:\n    task: decay\n    config:\n${keys}`;
    const started = performance.now();
    loadStudy(write(text));
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it("is refused with more seeds than a study may have runs, before they are made", () => {
    expect(() => loadStudy(write(valid), { seeds: 1e9 })).toThrow("--seeds: expected at most 100000, found 1000000000");
  });

  it("without a quick section does not take --quick in silence", () => {
    const file = write("name: toy\nexperiments:\n  first:\n    task: decay\n");
    expect(() => loadStudy(file, { quick: true })).toThrow('--quick needs a section "quick"');
  });

  it("names the --set that broke it", () => {
    const file = write(valid);
    const set = [{ path: "experiments.first.sedes", value: [1] }];
    expect(() => loadStudy(file, { set })).toThrow(
      `${file} with --set experiments.first.sedes=[1]: experiments.first: unknown key "sedes"; did you mean "seeds"?`,
    );
  });
});
