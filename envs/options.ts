import { z } from "zod";
import { nearest } from "../src/config/nearest.js";
import { driftSchema, problemOf } from "./drift/options.js";
import { driftable, type EnvSpec } from "./dynamics.js";
import { accepts, expected } from "./parameters.js";
import { defaultTimeLimit, processSpec } from "./process/process-spec.js";
import { descriptionSchema } from "./process/protocol.js";
import { names, spec } from "./registry.js";

/** The id of an environment that a program steps. */
export const processId = "process";

const programSchema = z.strictObject({
  command: z
    .array(z.string().min(1))
    .min(1)
    .describe("its file or name, and its arguments; it starts in the study file's folder, and no shell sees them"),
  timeLimit: z.number().positive().default(defaultTimeLimit).describe("seconds to wait for each of its answers"),
  description: descriptionSchema
    .optional()
    .describe("what it says of its environment; filled in, so that a run knows what it ran"),
});

/** A vector of environments as configuration files write it. */
export const envSchema = z
  .strictObject({
    id: z.string().default("CartPole-v1").describe("the environment (ringdown list envs); `process` is a program's"),
    program: programSchema.optional().describe("what steps the environment `process` (envs/process/README.md)"),
    copies: z.int().positive().max(1_000_000).default(16).describe("copies that step together"),
    parameters: z.record(z.string(), z.number()).default({}).describe("parameters to begin with, by name"),
    drift: driftSchema.default([]).describe("which parameters change, when, and to what"),
  })
  .superRefine(({ id, program, copies, parameters, drift }, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message, input: undefined });
    const valid = [...names(), processId];
    if (!valid.includes(id)) return refuse(["id"], oneOf(id, valid));
    if (id !== processId && program !== undefined) return refuse(["program"], `expected it with the id ${processId}`);
    if (id === processId && program === undefined) return refuse(["program"], "missing; expected a command");
    // Programs are started when runs are planned, not when a file is read; the rest is checked then.
    if (!isKnown({ id, program })) return;
    const known = driftable(specOf({ id, program }));
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
type Named = Pick<EnvOptions, "id" | "program">;

/** Whether it is known what the environment takes and gives: a program has to be asked. */
export function isKnown({ id, program }: Named): boolean {
  return program === undefined ? names().includes(id) : program.description !== undefined;
}

/**
 * The specification of a configuration's environment. A program is started where it has not been asked before.
 *
 * @param folder where programs start
 */
export function specOf({ id, program }: Named, folder?: string): EnvSpec {
  return program === undefined ? spec(id) : processSpec({ ...program, folder });
}

function oneOf(found: string, valid: readonly string[]): string {
  const near = nearest(found, valid);
  return `expected one of ${valid.join(", ")}${near === undefined ? "" : ` (did you mean "${near}"?)`}`;
}
