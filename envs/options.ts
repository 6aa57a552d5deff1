import { z } from "zod";
import { nearest } from "../src/config/nearest.js";
import { driftSchema, problemOf } from "./drift/options.js";
import { driftable } from "./dynamics.js";
import { accepts, expected } from "./parameters.js";
import { names, spec } from "./registry.js";

/** A vector of environments as configuration files write it. */
export const envSchema = z
  .strictObject({
    id: z.string().default("CartPole-v1").describe("the environment (ringdown list envs)"),
    copies: z.int().positive().max(1_000_000).default(16).describe("copies that step together"),
    parameters: z.record(z.string(), z.number()).default({}).describe("parameters to begin with, by name"),
    drift: driftSchema.default([]).describe("which parameters change, when, and to what"),
  })
  .superRefine(({ id, copies, parameters, drift }, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message, input: undefined });
    if (!names().includes(id)) return refuse(["id"], oneOf(id, names()));
    const known = driftable(spec(id));
    const specs = known.parameters;
    for (const [name, value] of Object.entries(parameters)) {
      if (!Object.hasOwn(specs, name))
        refuse(["parameters", name], `no parameter of ${id}: ${oneOf(name, Object.keys(specs))}`);
      else if (!accepts(specs[name], value)) refuse(["parameters", name], `expected ${expected(specs[name])}`);
    }
    for (const [i, entry] of drift.entries()) {
      const problem = problemOf(entry, known);
      if (problem !== undefined) refuse(["drift", i, problem.at], problem.message);
      else if (entry.clock === "episode" && copies > 1)
        refuse(["drift", i, "clock"], `expected "lifetime" for ${copies} copies`);
    }
  });
export type EnvOptions = z.output<typeof envSchema>;

function oneOf(found: string, valid: readonly string[]): string {
  const near = nearest(found, valid);
  return `expected one of ${valid.join(", ")}${near === undefined ? "" : ` (did you mean "${near}"?)`}`;
}
