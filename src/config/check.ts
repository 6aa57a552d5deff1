import type { z } from "zod";
import { describeIssue } from "./describe-issue.js";
import { InputError } from "./input-error.js";
import { prepared } from "./schema-walk.js";

/**
 * The checked value of an input, with defaults filled in.
 *
 * @param source where the input came from, first in every message: a file's path, an option's name
 * @param at the path of the input within its source, put before the paths in messages
 * @throws InputError one line: source, path, what was expected, what was found, the nearest valid name
 */
export function check<T>(schema: z.ZodType<T>, input: unknown, source: string, at: readonly string[] = []): T {
  const result = schema.safeParse(input, { error: noWords });
  if (result.success) return result.data;
  const seen = { ...prepared(schema, input), prefix: at };
  const problems = result.error.issues.map((issue) => describeIssue(issue, seen));
  throw new InputError(`${source}: ${problems.join("; ")}`);
}

/** Empties the message of a union whose schema has no words of its own, which come before these. */
function noWords({ code }: z.core.$ZodRawIssue): string | undefined {
  return code === "invalid_union" ? "" : undefined;
}
