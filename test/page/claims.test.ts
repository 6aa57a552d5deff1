import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { claimChoice, problemConfig, writtenConfig } from "../../src/page/worker/chapters/configuration.js";
import { guides } from "../../src/page/worker/chapters/guides.js";
import { ProblemRun } from "../../src/page/worker/chapters/problem-run.js";
import { choicesOn } from "../../src/study/condition.js";
import { studySchema } from "../../src/study/schema.js";

const { experiments } = studySchema.parse(parse(readFileSync("reports/chapters/study.yaml", "utf8")));
const problems = Object.keys(experiments).filter((claim) => experiments[claim].task === "problem");
const runOf = (...assignments: string[]) => {
  const config = problemConfig(writtenConfig(claimChoice({ assignments }, experiments)));
  return { config, run: new ProblemRun(config, 1) };
};

describe("the stage of the claims", () => {
  it("has a guide to every claim, and to nothing else", () => {
    expect(Object.keys(guides).sort()).toEqual(Object.keys(experiments).sort());
  });

  it("begins at values that the experiment has", () => {
    for (const [claim, { begin = {} }] of Object.entries(guides)) {
      for (const [path, label] of Object.entries(begin)) {
        const axis = experiments[claim].grid[path];
        expect(axis, `${claim}: ${path}`).toBeDefined();
        const labels = choicesOn(path, axis, claim).map((choice) => choice.label);
        expect(labels, `${claim}: ${path}`).toContain(label);
      }
    }
  });

  it.each(problems)("plays a run of %s and draws a column that it has", (claim) => {
    const { config, run } = runOf(`claim=${claim}`);
    const { column } = guides[claim];
    if (column !== undefined) expect(run.columns).toContain(column);
    for (let i = 0; i < 3; i++) run.advance();
    expect(run.step).toBe(3);
    expect(run.ended).toBeUndefined();
    expect(run.value(column ?? run.columns[0], config.optimizer.lr)).not.toBeNaN();
  });

  it("takes a condition by its label, and changes on top of it", () => {
    const { config } = runOf("claim=adagrad-stalls", "axis.optimizer=AdaGrad", "optimizer.lr=0.3", "steps=70");
    expect(config).toMatchObject({ optimizer: { name: "adagrad", lr: 0.3, eps: 0 }, steps: 70 });
  });

  it("gives another optimizer the learning rate alone", () => {
    const { config } = runOf("claim=adagrad-stalls", "axis.optimizer=ρ = 0.5", "optimizer.name=adam");
    expect(config).toMatchObject({ optimizer: { name: "adam", lr: 0.01 } });
  });

  it("says which claim or condition there is not", () => {
    expect(() => runOf("claim=adagrad-stall")).toThrow('claim: there is no claim "adagrad-stall"');
    expect(() => runOf("claim=adagrad-stalls", "axis.optimizer=ρ = 0.6")).toThrow(
      'axis.optimizer: no value is named "ρ = 0.6"',
    );
  });
});
