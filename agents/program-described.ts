import { describeProgram, refuseChange } from "../envs/process/process-spec.js";
import { check } from "../src/config/check.js";
import { type RlTaskConfig, rlTaskSchema } from "./task-schema.js";

/**
 * A configuration that knows what the program of its environment says of it: spaces, limit, parameters and version are
 * part of a run's identity, and what could not be checked before is checked now.
 *
 * @param folder where the program starts
 * @throws InputError where it cannot be started, says something else than the configuration, or does not suit it
 */
export function withProgramDescribed(config: RlTaskConfig, folder: string): RlTaskConfig {
  const { program } = config.env;
  if (program === undefined) return config;
  const description = describeProgram(program, folder);
  if (program.description !== undefined) refuseChange(program.command, program.description, description);
  const described = { ...config, env: { ...config.env, program: { ...program, description } } };
  return check(rlTaskSchema, described, "env.program");
}
