import type { z } from "zod";
import { didYouMean, suggest } from "./nearest.js";
import { nodesAt, type Schema } from "./schema-walk.js";
import { show } from "./show.js";
import { describeUnknownKey } from "./unknown-key.js";

type Issue = z.core.$ZodIssue;
type IssueOf<Code extends Issue["code"]> = Extract<Issue, { readonly code: Code }>;

/** The subject of a check: a schema, the input, and the path of the input within its source. */
export interface Checked {
  readonly schema: Schema;
  readonly input: unknown;
  readonly prefix: readonly string[];
}

/** An issue's place: `path` as words before a sentence (`optimizer.lr: `), and what was found there. */
interface Place extends Checked {
  readonly path: string;
  readonly found: unknown;
}

/** One of zod's issues as a sentence: path, what was expected, what was found, the nearest valid name. */
export function describeIssue(issue: Issue, checked: Checked): string {
  const found = valueAt(checked.input, issue.path);
  const path = [...checked.prefix, ...issue.path].map(String).join(".");
  // The table has for each code a function of that code's issues, which the compiler does not follow from key to value.
  const sentence = sentences[issue.code] as (issue: Issue, place: Place) => string;
  return sentence(issue, { ...checked, found, path: path === "" ? "" : `${path}: ` });
}

const sentences: { readonly [Code in Issue["code"]]: (issue: IssueOf<Code>, place: Place) => string } = {
  unrecognized_keys: ({ keys, path: at }, { path, ...checked }) =>
    keys.map((key) => `${path}${describeUnknownKey(key, { ...checked, path: at })}`).join("; "),
  invalid_value: ({ values }, { path, found }) => {
    const valid = values.map(String);
    if (found === undefined) return `${path}missing; expected one of ${valid.join(", ")}`;
    const hint = typeof found === "string" ? didYouMean(found, valid) : "";
    return `${path}expected one of ${valid.join(", ")}, found ${show(found)}${hint}`;
  },
  invalid_union: (issue, place) =>
    "options" in issue && issue.discriminator !== undefined
      ? describeName(issue.discriminator, issue.options ?? [], issue.path, place)
      : describeUnion(issue, place),
  invalid_type: ({ expected, path: at }, { schema, input, path, found }) => {
    const integer = nodesAt(schema, input, at).some(({ _zod: { def } }) => "format" in def && def.format === "safeint");
    const finite = expected === "number" && typeof found === "number";
    const wanted = integer ? "an integer" : finite ? "a finite number" : withArticle(expected);
    return found === undefined
      ? `${path}missing; expected ${wanted}`
      : `${path}expected ${wanted}, found ${show(found)}`;
  },
  too_small: ({ origin, inclusive, minimum }, { path, found }) =>
    `${path}expected ${sizeOf(origin)}${inclusive === false ? "more than" : "at least"} ${minimum}, found ${show(found)}`,
  too_big: ({ origin, inclusive, maximum }, { path, found }) =>
    `${path}expected ${sizeOf(origin)}${inclusive === false ? "less than" : "at most"} ${maximum}, found ${show(found)}`,
  custom: (issue, place) => (isAboutPath(issue) ? `${place.path}${issue.message}` : withFound(issue, place)),
  invalid_key: ({ issues, message }, { path }) => `${path}${issues[0]?.message ?? message}`,
  invalid_element: withFound,
  invalid_format: withFound,
  not_multiple_of: withFound,
};

/** The issue's own message, and what was found. */
function withFound({ message }: Issue, { path, found }: Place): string {
  return `${path}${message}${found === undefined ? "" : `, found ${show(found)}`}`;
}

/** Whether a schema's own objection is to a name in the path, and not to the value there: `params: { nameOnly: true }`. */
function isAboutPath({ params }: IssueOf<"custom">): boolean {
  return params?.nameOnly === true;
}

/** A missing or unknown name, by which a union tells its alternatives apart. */
function describeName(
  key: string,
  options: readonly z.core.util.Primitive[],
  at: readonly PropertyKey[],
  { path, found }: Place,
): string {
  const valid = options.filter((name) => name !== undefined).map(String);
  const isAtName = at.at(-1) === key;
  const name = isAtName ? found : ((found ?? {}) as Readonly<Record<string, unknown>>)[key];
  const where = isAtName ? path : `${path}${key}: `;
  if (typeof name === "string") return `${where}unknown name "${name}"${suggest(name, valid)}`;
  return `${where}${name === undefined ? "missing" : `found ${show(name)}`}; expected one of ${valid.join(", ")}`;
}

/** No alternative of a union fits: the schema's own words where it has some, else the closest alternative's objection. */
function describeUnion({ errors, message, path: at }: IssueOf<"invalid_union">, place: Place): string {
  if (message !== "") return `${place.path}${message}, found ${show(place.found)}`;
  const closest = closestAlternative(errors)?.[0];
  return closest === undefined
    ? `${place.path}expected another value, found ${show(place.found)}`
    : describeIssue({ ...closest, path: [...at, ...closest.path] }, place);
}

/** Of the objections of each alternative the fewest; an objection to the value's very type counts last. */
function closestAlternative(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const distance = (issues: readonly Issue[]) =>
    issues.some(({ code, path }) => code === "invalid_type" && path.length === 0) ? Infinity : issues.length;
  return alternatives.toSorted((a, b) => distance(a) - distance(b))[0];
}

function sizeOf(origin: string): string {
  return origin === "array" || origin === "string" ? "a length of " : "";
}

function withArticle(noun: string): string {
  if (noun === "int") return "an integer";
  return /^[aeio]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input as Record<PropertyKey, unknown> | undefined | null;
  for (const key of path) value = value?.[key] as typeof value;
  return value;
}
