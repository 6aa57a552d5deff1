import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseYaml } from "../../src/study/yaml.js";

const root = resolve(import.meta.dirname, "../..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What the Citation File Format 1.2.0 requires, and the keys of it that stand here; any other would be a mistake. */
const citation = z.strictObject({
  "cff-version": z.literal("1.2.0"),
  message: z.string().min(1),
  type: z.literal("software"),
  title: z.string().min(1),
  version: z.string(),
  authors: z.array(z.union([z.strictObject({ name: z.string() }), z.object({ "family-names": z.string() })])).min(1),
  license: z.string(),
  "repository-code": z.url(),
  keywords: z.array(z.string()),
  abstract: z.string(),
});

describe("CITATION.cff", () => {
  it("is valid, and of this version", () => {
    const cited = citation.parse(parseYaml(readFileSync(join(root, "CITATION.cff"), "utf8")));
    expect(cited.version).toBe(manifest.version);
    expect(cited.license).toBe(manifest.license);
    expect(`git+${cited["repository-code"]}.git`).toBe(manifest.repository.url);
    expect(cited.authors).toEqual([{ name: manifest.author }]);
  });
});
