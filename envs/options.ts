import { z } from "zod";
import { nearest } from "../src/config/nearest.js";
import { buildUpdate, driftSchema } from "./drift/options.js";
import { accepts, type ParameterSpecs } from "./parameters.js";
import { names, spec } from "./registry.js";

/** A vector of environments as configuration files write it. */
export const envSchema = z
  .strictObject({
    id: z.string().default("CartPole-v1").describe("the environment"),
    copies: z.int().positive().default(16).describe("copies that step together"),
    parameters: z.record(z.string(), z.number()).default({}).describe("parameters to begin with, by name"),
    drift: driftSchema.default([]).describe("which parameters change, when, and to what"),
  })
  .superRefine(({ id, parameters, drift }, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message, input: undefined });
    if (!names().includes(id)) return refuse(["id"], oneOf(id, names()));
    const specs = spec(id).parameters;
    for (const [name, value] of Object.entries(parameters)) {
      if (!Object.hasOwn(specs, name))
        refuse(["parameters", name], `no parameter of ${id}: ${oneOf(name, valid(specs))}`);
      else if (!accepts(specs[name], value)) refuse(["parameters", name], "expected a positive number");
    }
    for (const [i, { parameter, update }] of drift.entries()) {
      if (!Object.hasOwn(specs, parameter)) refuse(["drift", i, "parameter"], oneOf(parameter, valid(specs)));
      else if (!buildUpdate(update).range.every((value) => accepts(specs[parameter], value))) {
        refuse(["drift", i, "update"], `expected positive numbers for ${parameter}`);
      }
    }
  });
export type EnvOptions = z.output<typeof envSchema>;

const valid = (specs: ParameterSpecs) => Object.keys(specs);

function oneOf(found: string, valid: readonly string[]): string {
  const near = nearest(found, valid);
  return `expected one of ${valid.join(", ")}${near === undefined ? "" : ` (did you mean "${near}"?)`}`;
}
