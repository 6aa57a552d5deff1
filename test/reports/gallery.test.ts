import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reports } from "../../reports/index.js";

const readme = readFileSync("README.md", "utf8");
const pictures = [...readme.matchAll(/<img src="(reports\/gallery\/[^"]+)" alt="([^"]+)"><br>([^<]+) \(<code>(\w+)/g)];

describe("the gallery of the main README", () => {
  it("shows every picture in its folder, each with its finding and its study", () => {
    const shown = pictures.map(([, file]) => file);
    const there = readdirSync("reports/gallery").filter((file) => file.endsWith(".png"));
    expect(shown.length).toBeGreaterThan(3);
    expect([...shown].sort()).toEqual(there.map((file) => join("reports/gallery", file)).sort());
    for (const [, , alt, caption, study] of pictures) {
      expect(caption).toBe(alt);
      expect(Object.keys(reports)).toContain(study);
    }
  });

  it("is small", () => {
    const bytes = pictures.reduce((sum, [, file]) => sum + statSync(file).size, 0);
    expect(bytes).toBeLessThan(600_000);
  });

  it("is what its script would write: the same pictures, in the same order", () => {
    const script = readFileSync("reports/gallery/make.mjs", "utf8");
    const listed = [...script.matchAll(/study: "(\w+)", file: "([\w-]+\.png)"/g)];
    expect(pictures.map(([, file]) => file)).toEqual(
      listed.map(([, study, file]) => `reports/gallery/${study}-${file}`),
    );
  });
});
