import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/study/canonical.js";
import { runId } from "../../src/study/identity.js";
import { studySchema } from "../../src/study/schema.js";
import { tasks } from "./fixtures/tasks.mjs";
import { planWithoutTuning } from "./plan-without-tuning.js";

function plan(experiment: Record<string, unknown>) {
  const study = studySchema.parse({ name: "toy", experiments: { first: { task: "decay", ...experiment } } });
  return planWithoutTuning({ study, source: "toy.yaml" }, tasks, "wasm").experiments[0];
}

describe("the grid", () => {
  it("is the Cartesian product in the order written: the first axis slowest, the seed fastest", () => {
    const { runs, axes } = plan({
      grid: { rate: [0.9, 0.1], order: { "at once": "simultaneous", "in turn": "alternating" } },
      seeds: [3, 1],
    });
    expect(runs.map(({ condition, seed }) => [condition.rate, condition.order, seed])).toEqual([
      ["0.9", "at once", 3],
      ["0.9", "at once", 1],
      ["0.9", "in turn", 3],
      ["0.9", "in turn", 1],
      ["0.1", "at once", 3],
      ["0.1", "at once", 1],
      ["0.1", "in turn", 3],
      ["0.1", "in turn", 1],
    ]);
    expect(axes).toEqual({ rate: ["0.9", "0.1"], order: ["at once", "in turn"] });
    expect(runs[2].config).toMatchObject({ rate: 0.9, order: "alternating", steps: 20 });
  });

  it("lets a later axis go deeper than an earlier one, and replaces what a path held", () => {
    const { runs } = plan({
      config: { nested: { depth: 7 } },
      grid: { nested: { default: {}, deep: { depth: 5 } }, "nested.depth": [1, 2] },
      seeds: [1],
    });
    expect(runs.map(({ config }) => (config as { nested: object }).nested)).toEqual([
      { depth: 1 },
      { depth: 2 },
      { depth: 1 },
      { depth: 2 },
    ]);
    const replaced = plan({ config: { nested: { depth: 7 } }, grid: { nested: { default: {} } } }).runs[0].config;
    expect(replaced).toMatchObject({ nested: { depth: 1 } });
  });

  it("is one condition without axes", () => {
    const { runs } = plan({ seeds: [1, 2] });
    expect(runs.map(({ condition }) => condition)).toEqual([{}, {}]);
  });

  it("refuses an axis that overwrites an earlier one", () => {
    expect(() => plan({ grid: { "nested.depth": [1], nested: { a: {} } } })).toThrow(
      'toy.yaml: experiments.first.grid: the axis "nested" replaces what the axis "nested.depth" sets; write "nested" first',
    );
  });

  it("refuses a value that occurs twice", () => {
    expect(() => plan({ grid: { rate: [0.1, 0.2, 0.1] } })).toThrow(
      "grid.rate: expected values that differ, found 0.1",
    );
  });

  it("names path, finding and condition of a wrong configuration, before anything runs", () => {
    expect(() => plan({ grid: { steps: [10, -1] } })).toThrow(
      "toy.yaml: experiments.first.config.steps: expected more than 0, found -1 (in the condition steps=-1)",
    );
    expect(() => plan({ config: { stpes: 10 } })).toThrow(
      'toy.yaml: experiments.first.config: unknown key "stpes"; did you mean "steps"? valid: rate, steps, order, fail',
    );
    expect(() => plan({ task: "decya" })).toThrow(
      'toy.yaml: experiments.first.task: unknown name "decya"; did you mean "decay"? valid: decay',
    );
  });
});

describe("a run's id", () => {
  const base = { task: "decay", config: { a: 1, b: { c: [1, 2], d: "x" } }, seed: 1, engine: "wasm" };

  it("is 16 hex digits that depend on all that decides the rows", () => {
    const ids = [
      base,
      { ...base, task: "other" },
      { ...base, seed: 2 },
      { ...base, engine: "native" },
      { ...base, config: { a: 1, b: { c: [2, 1], d: "x" } } },
      { ...base, config: { a: 1, b: { c: [1, 2] } } },
    ].map((run) => runId(run));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/);
  });

  it("does not depend on the order of keys", () => {
    const shuffled = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shuffled)
        : value !== null && typeof value === "object"
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, entry]) => [key, shuffled(entry)]),
            )
          : value;
    fc.assert(
      fc.property(fc.jsonValue(), (config) => {
        expect(runId({ ...base, config: shuffled(config) })).toBe(runId({ ...base, config }));
      }),
    );
  });

  it("tells different configurations apart", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        expect(canonicalJson(one) === canonicalJson(other)).toBe(
          JSON.stringify(sortKeys(one)) === JSON.stringify(sortKeys(other)) && signs(one) === signs(other),
        );
      }),
    );
    expect(canonicalJson({ x: -0 })).not.toBe(canonicalJson({ x: 0 }));
  });

  it("is of plain data only", () => {
    expect(() => canonicalJson({ x: Number.NaN })).toThrow("plain data, found NaN");
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  });
});

/** An independent statement of the same: JSON with a replacer that sorts. */
function sortKeys(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, entry) =>
      entry !== null && typeof entry === "object" && !Array.isArray(entry)
        ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
        : entry,
    ),
  );
}

/** Which numbers are −0, in the order of sorted keys: JSON.stringify hides it. */
function signs(value: unknown): string {
  if (Object.is(value, -0)) return "-";
  if (value === null || typeof value !== "object") return ".";
  return `(${Object.keys(value)
    .sort()
    .map((key) => signs((value as Record<string, unknown>)[key]))
    .join("")})`;
}
