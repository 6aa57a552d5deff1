import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** The most lines of a file; kernels.c is one translation unit on purpose. */
const mostLines = 300;
const longFiles: Readonly<Record<string, string>> = {
  "src/kernels/kernels.c": "one translation unit: a compiler sees all kernels at once",
};

/** Files that may say `as unknown as`, which no compiler checks, and why. */
const uncheckedCasts: Readonly<Record<string, string>> = {
  "src/config/definitions.ts": "a map over a tuple is an array to the compiler",
  "src/optim/tfjs.ts": "the classes are those of the module that the caller hands in",
  "reports/parts/render/part-of-sheet.ts": "Chart.js's types know no canvas but the browser's",
};

const extensions = /\.(ts|mts|mjs|c)$/;
const files = ["src", "envs", "agents", "gan", "reports"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => extensions.test(file))
    .map((file) => join(folder, file)),
);
const textOf = (file: string) => readFileSync(join(root, file), "utf8");

const linesOf = (text: string) => text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
const castsUnchecked = (text: string) => /\bas\s+unknown\s+as\b/.test(text);

describe("the sources", () => {
  it("are found", () => {
    expect(files).toContain("src/kernels/kernels.c");
    expect(files.length).toBeGreaterThan(200);
  });

  it(`have at most ${mostLines} lines a file, but for those listed with a reason`, () => {
    const long = files.filter((file) => linesOf(textOf(file)) > mostLines);
    expect(long.filter((file) => !(file in longFiles))).toEqual([]);
    expect(Object.keys(longFiles).filter((file) => !long.includes(file))).toEqual([]);
  });

  it("say `as unknown as` nowhere but where the list has the reason", () => {
    const casting = files.filter((file) => castsUnchecked(textOf(file)));
    expect(casting.filter((file) => !(file in uncheckedCasts))).toEqual([]);
    expect(Object.keys(uncheckedCasts).filter((file) => !casting.includes(file))).toEqual([]);
  });

  it("would be caught", () => {
    expect([linesOf("a\nb\n"), linesOf("a\nb")]).toEqual([2, 2]);
    expect(castsUnchecked("x as unknown\n  as number")).toBe(true);
    expect(castsUnchecked("x as number")).toBe(false);
  });
});
