import { describe, expect, it } from "vitest";
import { z } from "zod";
import { allOptions, optionsAt, ownOptions } from "../../src/config/options.js";

const part = z.discriminatedUnion("name", [
  z.strictObject({
    name: z.literal("fast"),
    rate: z.number().min(0).lt(1).optional().describe("ρ; default: torch 0.99, others 0.9"),
  }),
  z.strictObject({
    name: z.literal("slow"),
    rate: z.number().positive().describe("η"),
    flag: z.boolean().default(true),
  }),
]);
const schema = z.preprocess(
  (input) => input,
  z.strictObject({
    part: part.describe("what moves"),
    perhaps: part.nullable().default(null).describe("beside it"),
    steps: z.int().positive().default(10).describe("how many"),
    list: z.array(z.strictObject({ at: z.tuple([z.number(), z.number()]).describe("where") })).describe("places"),
    others: z.record(z.string(), part).default({}).describe("by name"),
  }),
);

describe("the options of a schema", () => {
  it("are found at a path, by what is inside a schema that prepares its input", () => {
    expect(optionsAt(schema, ["steps"])).toEqual([
      {
        path: ["steps"],
        parts: [],
        meaning: "how many",
        takes: "an integer, more than 0",
        fallback: "10",
        required: false,
        keys: [],
        names: [],
      },
    ]);
    expect(optionsAt(schema, ["nothing"])).toEqual([]);
  });

  it("are those of all parts that have the key, or of the part that the path names", () => {
    expect(
      optionsAt(schema, ["part", "rate"]).map(({ parts, takes, fallback }) => [...parts, takes, fallback]),
    ).toEqual([
      ["fast", "a number, at least 0, less than 1", "torch 0.99, others 0.9"],
      ["slow", "a number, more than 0", undefined],
    ]);
    expect(optionsAt(schema, ["part", "slow", "rate"])).toHaveLength(1);
    expect(optionsAt(schema, ["part", "slow", "rate"])[0]).toMatchObject({ meaning: "η", required: true });
    expect(optionsAt(schema, ["perhaps", "slow", "flag"])[0]).toMatchObject({
      takes: "true or false",
      fallback: "true",
    });
  });

  it("say the names of parts, and whether null may stand there", () => {
    expect(optionsAt(schema, ["perhaps"])[0]).toMatchObject({
      takes: "one of fast, slow, or null",
      names: ["fast", "slow"],
      keys: ["rate", "flag"],
      fallback: "null",
    });
  });

  it("are found in the entries of lists, with and without their number, and of maps by any name", () => {
    const at = { meaning: "where", takes: "a list [a number; a number]" };
    expect(optionsAt(schema, ["list", "at"])).toMatchObject([at]);
    expect(optionsAt(schema, ["list", "0", "at"])).toMatchObject([at]);
    expect(optionsAt(schema, ["others", "mine", "slow", "rate"])).toMatchObject([
      { path: ["others", "<name>", "rate"] },
    ]);
  });

  it("are all there when the whole is walked", () => {
    const paths = allOptions(schema).map(({ path, parts }) => `${path.join(".")} ${parts}`.trim());
    expect(paths).toEqual([
      ...["part", "part.rate fast", "part.rate slow", "part.flag slow"],
      ...["perhaps", "perhaps.rate fast", "perhaps.rate slow", "perhaps.flag slow"],
      ...["steps", "list", "list.at"],
      ...["others", "others.<name>", "others.<name>.rate fast", "others.<name>.rate slow", "others.<name>.flag slow"],
    ]);
    expect(ownOptions(schema).map(({ path }) => path.join("."))).toEqual([
      "part",
      "perhaps",
      "steps",
      "list",
      "others",
    ]);
  });
});
