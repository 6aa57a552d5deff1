import type { z } from "zod";
import { InputError } from "./input-error.js";
import { suggest } from "./nearest.js";

type Schema = z.core.$ZodType;
type Issue = z.core.$ZodIssue;

/**
 * The checked value of an input, with defaults filled in.
 *
 * @param source where the input came from, first in every message: a file's path, an option's name
 * @throws InputError one line: source, path, what was expected, what was found, the nearest valid name
 */
export function check<T>(schema: z.ZodType<T>, input: unknown, source: string): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => describe(schema, input, issue as Issue));
  throw new InputError(`${source}: ${problems.join("; ")}`);
}

function describe(schema: Schema, input: unknown, issue: Issue): string {
  const found = valueAt(input, issue.path);
  const path = issue.path.map(String).join(".");
  const at = path === "" ? "" : `${path}: `;
  switch (issue.code) {
    case "unrecognized_keys": {
      const valid = keysAt(schema, input, issue.path);
      return issue.keys.map((key) => `${at}unknown key "${key}"${suggest(key, valid)}`).join("; ");
    }
    case "invalid_value": {
      const valid = issue.values.map(String);
      if (found === undefined) return `${at}missing; expected one of ${valid.join(", ")}`;
      return `${at}expected one of ${valid.join(", ")}, found ${show(found)}${typeof found === "string" ? suggestOnly(found, valid) : ""}`;
    }
    case "invalid_union": {
      const options = optionsAt(schema, input, issue.path);
      const key = issue.discriminator;
      if (key !== undefined && options.length > 0) {
        const value = (found ?? {}) as Record<string, unknown>;
        const wrong = issue.path.at(-1) === key ? found : value[key];
        const valid = options;
        const where = issue.path.at(-1) === key ? at : `${at}${key}: `;
        if (typeof wrong === "string") return `${where}unknown name "${wrong}"${suggest(wrong, valid)}`;
        return `${where}${wrong === undefined ? "missing" : `found ${show(wrong)}`}; expected one of ${valid.join(", ")}`;
      }
      const closest = issue.errors.toSorted((a, b) => a.length - b.length)[0]?.[0];
      return closest === undefined
        ? `${at}${issue.message}`
        : describe(schema, input, { ...closest, path: [...issue.path, ...closest.path] });
    }
    case "invalid_type":
      return `${at}${found === undefined ? `missing; expected ${article(issue.expected)}` : `expected ${article(issue.expected)}, found ${show(found)}`}`;
    case "too_small":
      return `${at}expected ${sizeOf(issue.origin)}${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}, found ${show(found)}`;
    case "too_big":
      return `${at}expected ${sizeOf(issue.origin)}${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}, found ${show(found)}`;
    default:
      return `${at}${issue.message}${found === undefined ? "" : `, found ${show(found)}`}`;
  }
}

function sizeOf(origin: string): string {
  return origin === "array" || origin === "string" ? "a length of " : "";
}

function suggestOnly(found: string, valid: readonly string[]): string {
  const hint = suggest(found, valid);
  return hint.startsWith("; did you mean") ? hint.slice(0, hint.indexOf("?") + 1) : "";
}

function article(noun: string): string {
  if (noun === "int") return "an integer";
  return /^[aeio]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

function show(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input as Record<PropertyKey, unknown> | undefined | null;
  for (const key of path) value = value?.[key] as typeof value;
  return value;
}

// The walk below mirrors the path of an issue in the schema, to name what would have been valid there.

interface Def {
  readonly type: string;
  readonly shape?: Record<string, Schema>;
  readonly innerType?: Schema;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly items?: readonly Schema[];
  readonly options?: readonly Schema[];
  readonly discriminator?: string;
  readonly in?: Schema;
  readonly getter?: () => Schema;
}

function definition(schema: Schema): Def {
  const def = schema._zod.def as unknown as Def;
  if (def.type === "lazy" && def.getter) return definition(def.getter());
  if (def.innerType !== undefined) return definition(def.innerType);
  if (def.type === "pipe" && def.in !== undefined) return definition(def.in);
  return def;
}

/** The schema nodes that an input may have taken at a path; a union is narrowed by its discriminator. */
function nodesAt(schema: Schema, input: unknown, path: readonly PropertyKey[]): Def[] {
  let nodes = narrow(definition(schema), input);
  let value = input as Record<PropertyKey, unknown> | undefined;
  for (const key of path) {
    value = value?.[key] as typeof value;
    nodes = nodes.flatMap((node) => {
      const child = node.shape?.[key as string] ?? node.element ?? node.valueType ?? node.items?.[key as number];
      return child === undefined ? [] : narrow(definition(child), value);
    });
  }
  return nodes;
}

function narrow(def: Def, value: unknown): Def[] {
  if (def.options === undefined) return [def];
  const options = def.options.map(definition);
  if (def.discriminator === undefined) return options.flatMap((option) => narrow(option, value));
  const name = (value as Record<string, unknown> | undefined)?.[def.discriminator];
  return options.filter((option) => literals(option.shape?.[def.discriminator as string]).includes(String(name)));
}

function keysAt(schema: Schema, input: unknown, path: readonly PropertyKey[]): string[] {
  return [...new Set(nodesAt(schema, input, path).flatMap((node) => Object.keys(node.shape ?? {})))];
}

/** The names that a discriminated union at a path knows. */
function optionsAt(schema: Schema, input: unknown, path: readonly PropertyKey[]): string[] {
  for (const end of [path.length, path.length - 1]) {
    if (end < 0) continue;
    const parents: Def[] = end === 0 ? [definition(schema)] : childDefinitions(schema, input, path.slice(0, end));
    for (const def of parents) {
      if (def.options !== undefined && def.discriminator !== undefined) {
        const key = def.discriminator;
        return def.options.flatMap((option) => literals(definition(option).shape?.[key]));
      }
    }
  }
  return [];
}

function childDefinitions(schema: Schema, input: unknown, path: readonly PropertyKey[]): Def[] {
  const key = path.at(-1) as string;
  return nodesAt(schema, input, path.slice(0, -1)).flatMap((node) => {
    const child = node.shape?.[key] ?? node.element ?? node.valueType ?? node.items?.[Number(key)];
    return child === undefined ? [] : [definition(child)];
  });
}

function literals(schema: Schema | undefined): string[] {
  if (schema === undefined) return [];
  const def = definition(schema) as unknown as { type: string; values?: unknown[]; entries?: Record<string, string> };
  return (def.values ?? Object.values(def.entries ?? {})).map(String);
}
