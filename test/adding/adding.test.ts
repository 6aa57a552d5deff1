import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Addition, apply, snapshot, touched } from "./addition.js";
import { agent } from "./parts/agent.js";
import { driftSchedule, driftUpdate } from "./parts/drift.js";
import { environment } from "./parts/environment.js";
import { game } from "./parts/game.js";
import { learningRateSchedule } from "./parts/learning-rate-schedule.js";
import { optimizer } from "./parts/optimizer.js";
import { problem } from "./parts/problem.js";
import { report } from "./parts/report.js";
import { target } from "./parts/target.js";

/** A part of each kind: adding a kind is its file in `parts` and its name here. */
const additions: readonly Addition[] = [
  agent,
  environment,
  game,
  target,
  problem,
  optimizer,
  learningRateSchedule,
  driftSchedule,
  driftUpdate,
  report,
];

const root = resolve(import.meta.dirname, "../..");
const sources = ["src", "envs", "agents", "gan", "reports", "package.json", "tsconfig.json", "tsconfig.build.json"];

/** The tree that all parts are added to, and where their commands run; thrown away, which removes the parts again. */
let copy: string;
let folder: string;
const files = new Map<string, readonly string[]>();
let lists: Readonly<Record<string, object>>;

const node = (...words: string[]) =>
  execFileSync(process.execPath, words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const ringdown = (...words: string[]) => node(join(copy, "dist/src/cli/main.js"), ...words);

/** One compilation for all parts together, beside the script of pages as it is. @throws with the compiler's messages */
function compile(): void {
  cpSync(join(root, "dist/page"), join(copy, "dist/page"), { recursive: true });
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  try {
    node(compiler, "-p", join(copy, "tsconfig.build.json"), "--declaration", "false");
  } catch (error) {
    throw new Error((error as { readonly stdout: string }).stdout);
  }
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "ringdown-adding-"));
  folder = join(copy, "folder");
  mkdirSync(folder);
  for (const source of sources) cpSync(join(root, source), join(copy, source), { recursive: true });
  let before = snapshot(copy);
  for (const addition of additions) {
    apply(addition, copy);
    const after = snapshot(copy);
    files.set(addition.kind, touched(before, after, addition.folder));
    before = after;
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"), "junction");
  compile();
  lists = JSON.parse(ringdown("list", "--json"));
}, 240_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe.each(additions)("adding the kind of part: $kind", ({ kind, most, listed, use, files: beside = {} }) => {
  it(`touches at most ${most} files`, () => {
    expect(files.get(kind)?.length).toBeGreaterThan(0);
    expect(files.get(kind)?.length, `it touches ${files.get(kind)?.join(", ")}`).toBeLessThanOrEqual(most);
  });

  if (listed !== undefined) {
    it("lists it", () => {
      const [list, name] = listed;
      expect(Object.keys(lists[list])).toContain(name);
    });
  }

  it("makes it usable", () => {
    for (const [file, text] of Object.entries(beside)) writeFileSync(join(folder, file), text);
    expect(() => ringdown(...use)).not.toThrow();
  });
});

describe("the count of touched files", () => {
  it("sees what is new, changed and gone, and takes a folder for one", () => {
    const before = new Map([
      ["kept", "1"],
      ["changed", "1"],
      ["gone", "1"],
    ]);
    const after = new Map([
      ["kept", "1"],
      ["changed", "2"],
      ["new/a", "1"],
      ["new/b", "1"],
    ]);
    expect(touched(before, after)).toEqual(["changed", "gone", "new/a", "new/b"]);
    expect(touched(before, after, "new")).toEqual(["changed", "gone", "new"]);
  });
});
