import type { z } from "zod";
import { InputError } from "./input-error.js";
import { suggest } from "./nearest.js";
import { keysAt, nodesAt, optionsAt, type Schema } from "./schema-walk.js";
import { show } from "./show.js";

type Issue = z.core.$ZodIssue;

/**
 * The checked value of an input, with defaults filled in.
 *
 * @param source where the input came from, first in every message: a file's path, an option's name
 * @param at the path of the input within its source, put before the paths in messages
 * @throws InputError one line: source, path, what was expected, what was found, the nearest valid name
 */
export function check<T>(schema: z.ZodType<T>, input: unknown, source: string, at: readonly string[] = []): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => describe(schema, input, issue as Issue, at));
  throw new InputError(`${source}: ${problems.join("; ")}`);
}

function describe(schema: Schema, input: unknown, issue: Issue, prefix: readonly string[]): string {
  const found = valueAt(input, issue.path);
  const path = [...prefix, ...issue.path].map(String).join(".");
  const at = path === "" ? "" : `${path}: `;
  switch (issue.code) {
    case "unrecognized_keys": {
      const valid = keysAt(schema, input, issue.path);
      return issue.keys
        .map((key) => `${at}unknown key "${key}"${suggestKey(key, valid, below(schema, input, issue.path, valid))}`)
        .join("; ");
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
      if (issue.message !== untoldUnion) return `${at}${issue.message}, found ${show(found)}`;
      const closest = closestAlternative(issue.errors)?.[0];
      return closest === undefined
        ? `${at}${issue.message}`
        : describe(schema, input, { ...closest, path: [...issue.path, ...closest.path] }, prefix);
    }
    case "invalid_key":
      return `${at}${issue.issues[0]?.message ?? issue.message}`;
    case "invalid_type": {
      const integer = nodesAt(schema, input, issue.path).some(({ format }) => format === "safeint");
      const finite = issue.expected === "number" && typeof found === "number";
      const expected = integer ? "an integer" : finite ? "a finite number" : article(issue.expected);
      return `${at}${found === undefined ? `missing; expected ${expected}` : `expected ${expected}, found ${show(found)}`}`;
    }
    case "too_small":
      return `${at}expected ${sizeOf(issue.origin)}${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}, found ${show(found)}`;
    case "too_big":
      return `${at}expected ${sizeOf(issue.origin)}${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}, found ${show(found)}`;
    default:
      return `${at}${issue.message}${found === undefined || namesOnly(issue) ? "" : `, found ${show(found)}`}`;
  }
}

/** Whether a schema's own objection is to a name in the path, and not to what stands there: `params: { nameOnly: true }`. */
function namesOnly(issue: Issue): boolean {
  return issue.code === "custom" && issue.params?.nameOnly === true;
}

/** The keys one level below those that are valid at a path: key → where it is, as `lr` → `optimizer.lr`. */
function below(
  schema: Schema,
  input: unknown,
  path: readonly PropertyKey[],
  valid: readonly string[],
): Map<string, string> {
  return new Map(
    valid.flatMap((key) => keysAt(schema, input, [...path, key]).map((inner) => [inner, `${key}.${inner}`])),
  );
}

/** Of a key that is right one level further down, where that is. */
function suggestKey(key: string, valid: readonly string[], inner: ReadonlyMap<string, string>): string {
  const meant = inner.get(key);
  return meant === undefined ? suggest(key, valid) : `; did you mean "${meant}"? valid: ${valid.join(", ")}`;
}

/** Of what each alternative of a union objects to: the fewest objections, those to the value's very type last. */
function closestAlternative(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const distance = (issues: readonly Issue[]) =>
    issues.some(({ code, path }) => code === "invalid_type" && path.length === 0) ? Infinity : issues.length;
  return alternatives.toSorted((a, b) => distance(a) - distance(b))[0];
}

/** What zod says of a union whose schema gives no words of its own. */
const untoldUnion = "Invalid input";

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

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input as Record<PropertyKey, unknown> | undefined | null;
  for (const key of path) value = value?.[key] as typeof value;
  return value;
}
