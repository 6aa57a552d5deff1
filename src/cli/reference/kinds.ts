import type { z } from "zod";
import type { Schema } from "../../config/schema-walk.js";

/** Something that can be named: an optimizer, an environment, a metric … */
export interface Entry {
  readonly name: string;
  /** A line about it; empty where the name says it all. */
  readonly line: string;
  /** Its options, where it has some. */
  readonly schema?: Schema;
  /** More about it than its line, in Markdown's plain paragraphs. */
  readonly more?: readonly string[];
  /** What it does not go together with, in words. */
  readonly not?: readonly string[];
}

/** A kind of things that can be named. */
export interface Kind {
  /** Its name in listings, plural. */
  readonly name: string;
  /** One of it, in words: `learning-rate schedule`. */
  readonly one: string;
  /** Where such a name stands: a path in a configuration, or the words of a command. */
  readonly where: string;
  /** The key in a configuration whose `name` chooses one. */
  readonly key?: readonly string[];
  /** Where their sources lie. */
  readonly folders?: readonly string[];
  readonly entries: readonly Entry[];
}

/** The entries of a list of names with a line each. */
export function named(lines: Readonly<Record<string, string>>): Entry[] {
  return Object.entries(lines).map(([name, line]) => ({ name, line }));
}

type NamedSchema = z.ZodObject<{ name: z.ZodLiteral<string> }>;

/**
 * The entries of parts that a union of schemas tells apart by `name`.
 *
 * @param lines name → a line about it
 */
export function parts(
  { options }: { readonly options: readonly z.core.$ZodType[] },
  lines: Readonly<Record<string, string>>,
): Entry[] {
  return (options as readonly NamedSchema[]).map((schema) => {
    const { value: name } = schema.shape.name;
    return { name, line: lines[name] ?? "", schema };
  });
}
