import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const manifest = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Package → licence, of CONTRIBUTING's table. */
function tableInContributing(): Record<string, string> {
  const [, text] = readFileSync(join(root, "CONTRIBUTING.md"), "utf8").split("## What ships with it");
  const rows = text.split("\n").filter((line) => /^\| [@a-z]/.test(line) && !line.startsWith("| package"));
  return Object.fromEntries(
    rows.map((row) => row.split("|").map((cell) => cell.trim())).map(([, name, licence]) => [name, licence]),
  );
}

describe("the runtime dependencies", () => {
  const { dependencies } = manifest(root);

  it("are at most twenty, each pinned to one version", () => {
    expect(Object.keys(dependencies).length).toBeLessThanOrEqual(20);
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("are those of CONTRIBUTING's table, under the licences that it names", () => {
    const table = tableInContributing();
    expect(Object.keys(table).sort()).toEqual(Object.keys(dependencies).sort());
    for (const [name, licence] of Object.entries(table)) {
      const { license } = manifest(join(root, "node_modules", name));
      if (!license.startsWith("SEE LICENSE")) expect(`${name}: ${licence}`).toBe(`${name}: ${license}`);
    }
  });
});
