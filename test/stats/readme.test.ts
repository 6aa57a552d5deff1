import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as stats from "../../src/stats/index.js";

const readme = readFileSync(join(import.meta.dirname, "../../src/stats/README.md"), "utf8");

/** The names in the first column of the guide's tables. */
const listed = readme
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .flatMap((line) => [...line.split("|")[1].matchAll(/`(\w+)`/g)].map(([, name]) => name));

describe("the guide to statistics", () => {
  it("has every function in its tables once, and no other", () => {
    expect(listed.toSorted()).toEqual(Object.keys(stats).toSorted());
  });
});
