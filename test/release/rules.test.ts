import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contentProblems, versionProblems } from "./rules.mjs";

describe("a release", () => {
  it("has the version of the changelog's newest section", () => {
    expect(versionProblems("# Changelog\n\n## 0.4.0\n\n## 0.3.0\n", "0.4.0")).toEqual([]);
    expect(versionProblems("# Changelog\n\n## Unreleased\n\n## 0.4.0\n", "0.4.0")).toEqual([
      'CHANGELOG.md begins with "Unreleased", package.json says 0.4.0',
    ]);
    expect(versionProblems("# Changelog\n", "0.4.0")).toHaveLength(1);
  });

  it("holds what the list has, and all of it", () => {
    const list = "# guides\n*/README.md\n\ndist/**.js\n";
    expect(contentProblems(["gan/README.md", "dist/a.js", "dist/b/c.js"], list)).toEqual([]);
    expect(contentProblems(["gan/README.md", "dist/b/c.js", "dist/.tsbuildinfo", "a/b/README.md"], list)).toEqual([
      "dist/.tsbuildinfo is packed and no pattern has it",
      "a/b/README.md is packed and no pattern has it",
    ]);
    expect(contentProblems(["gan/README.md"], list)).toEqual(["nothing that is packed fits dist/**.js"]);
  });

  it("holds no test, no leftover of a build and no library of this machine's", () => {
    const list = readFileSync(join(import.meta.dirname, "contents.txt"), "utf8");
    for (const file of ["test/record.ts", "dist/.tsbuildinfo", "dist/native/kernels.so", "src/kernels/kernels.c"]) {
      expect(contentProblems([file], list)).toContain(`${file} is packed and no pattern has it`);
    }
  });
});
