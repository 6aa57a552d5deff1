import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { guides } from "../../src/page/worker/chapters/guides.js";
import { choicesOn } from "../../src/study/condition.js";
import { studySchema } from "../../src/study/schema.js";

const { experiments } = studySchema.parse(parse(readFileSync("reports/chapters/study.yaml", "utf8")));

it("every claim has its guide, and no guide is without a claim", () => {
  expect(Object.keys(guides).sort()).toEqual(Object.keys(experiments).sort());
});

it("a guide begins at values that the experiment has", () => {
  for (const [claim, { begin = {} }] of Object.entries(guides)) {
    for (const [path, label] of Object.entries(begin)) {
      const axis = experiments[claim].grid[path];
      expect(axis, `${claim}: ${path}`).toBeDefined();
      const labels = choicesOn(path, axis, claim).map((choice) => choice.label);
      expect(labels, `${claim}: ${path}`).toContain(label);
    }
  }
});
