import { describe, expect, it } from "vitest";
import { z } from "zod";
import { tasks } from "../../src/cli/tasks.js";
import { allOptions } from "../../src/config/options.js";
import { studySchema } from "../../src/study/schema.js";
import { undescribedOptions } from "../config/undescribed-options.js";

const schemas = [...tasks.map(({ name, schema }) => [name, schema] as const), ["study file", studySchema] as const];

describe("the options of a configuration", () => {
  it.each(schemas)("are all described: %s", (_, schema) => {
    expect(allOptions(schema).length).toBeGreaterThan(10);
    expect(undescribedOptions(schema)).toEqual([]);
  });

  it("would be missed if one were not", () => {
    expect(undescribedOptions(z.object({ told: z.number().describe("told"), untold: z.number() }))).toEqual(["untold"]);
  });
});
