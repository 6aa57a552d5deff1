import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { cut } from "../../src/cli/live-block.js";
import { studyProgress } from "../../src/cli/study-progress.js";
import { builtCli } from "../study/built.js";

const esc = "\u001b";

/** What the command line writes into pipes. */
function written(words: readonly string[], colours: Readonly<Record<string, string>>) {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  const options = { cwd: tmpdir(), encoding: "utf8", env: { ...env, ...colours } } as const;
  const { stdout, stderr } = spawnSync(process.execPath, [builtCli, ...words], options);
  return { stdout, stderr };
}

describe("colours", () => {
  it("are left out of pipes and where NO_COLOR says so, and take nothing from the words where FORCE_COLOR has them", () => {
    const plain = written(["plya"], {});
    expect(plain.stderr).toMatch(/^ringdown: unknown command "plya"/);
    expect(written(["plya"], { NO_COLOR: "1" })).toEqual(plain);
    const forced = written(["plya"], { FORCE_COLOR: "1" }).stderr;
    expect(forced).toMatch(new RegExp(`^${esc}\\[31mringdown:${esc}\\[39m unknown`));
    expect(stripVTControlCharacters(forced)).toBe(plain.stderr);
  });

  it("mark what doctor finds", () => {
    const plain = written(["doctor"], {}).stdout;
    const forced = written(["doctor"], { FORCE_COLOR: "1" }).stdout;
    expect(plain).not.toContain(esc);
    expect(forced).toContain(`${esc}[32mok     ${esc}[39m ringdown`);
    expect(stripVTControlCharacters(forced)).toBe(plain);
  });

  it("take no room in the live block", () => {
    const text: string[] = [];
    const stream = { isTTY: true, columns: 30, write: (part: string) => text.push(part) > 0 };
    const progress = studyProgress(
      stream,
      1,
      () => 0,
      (_, word) => `${esc}[32m${word}${esc}[39m`,
    );
    progress.start({ name: "a-study-of-long-name", total: 4, done: 1, runs: [], later: [] });
    const bare = stripVTControlCharacters(text.join("")).replace("\r", "").split("\n");
    expect(bare[0]).toBe("a-study-of-long-name  █████░░");
    expect(text.join("")).toContain(`${esc}[32ma-study-of-long-name${esc}[39m`);
  });

  it("are closed where a line is cut", () => {
    expect(cut(`${esc}[31mabcdef${esc}[39mgh`, 4)).toBe(`${esc}[31mabcd${esc}[39m`);
    expect(cut("a█b", 2)).toBe("a█");
  });
});
