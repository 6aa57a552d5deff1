import { jsonSchemaOf, nameOf, type SchemaNode } from "./json-schema.js";
import { prepared, type Schema } from "./schema-walk.js";

/** A place in a configuration as its schema describes it: an option, or a map of options. */
export interface Option {
  /** The keys that lead to it, `<name>` where any name may stand. */
  readonly path: readonly string[];
  /** The names that tell parts apart on the way: `["rmsprop"]` of RMSprop's own options. */
  readonly parts: readonly string[];
  /** What it means; empty where its schema has no words. */
  readonly meaning: string;
  /** The values that it takes, in words. */
  readonly takes: string;
  /** The value that it has where it is left out, as it would be written. */
  readonly fallback?: string;
  /** Whether it must be given. */
  readonly required: boolean;
  /** The keys below it; of parts told apart by name those of each. */
  readonly keys: readonly string[];
  /** The names of the parts that may stand here. */
  readonly names: readonly string[];
}

interface Reached {
  readonly node: SchemaNode;
  readonly path: readonly string[];
  readonly parts: readonly string[];
  readonly required: boolean;
}

/**
 * The options at a path: one, or several where parts of different names have the key (`lr` of every optimizer).
 *
 * @param path keys, numbers of list entries, and the names of parts: `["optimizer", "rmsprop", "rho"]`; empty for the whole
 */
export function optionsAt(schema: Schema, path: readonly string[]): Option[] {
  let reached: Reached[] = [{ node: jsonOf(schema), path: [], parts: [], required: true }];
  for (const step of path) reached = below(reached.flatMap(alternatives), step);
  return reached.map(optionOf);
}

/** Every option of a schema, those of parts below parts included, in the order written; lists and maps by their entries. */
export function allOptions(schema: Schema): Option[] {
  const all = (from: Reached): Reached[] => [from, ...alternatives(from).flatMap(children).flatMap(all)];
  return all({ node: jsonOf(schema), path: [], parts: [], required: true })
    .slice(1)
    .map(optionOf);
}

/** The options that stand directly in a part or a map. */
export function ownOptions(schema: Schema): Option[] {
  return alternatives({ node: jsonOf(schema), path: [], parts: [], required: true })
    .flatMap(children)
    .map(optionOf);
}

const known = new WeakMap<object, SchemaNode>();

function jsonOf(schema: Schema): SchemaNode {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const node = jsonSchemaOf(prepared(schema, {}).schema);
  known.set(schema, node);
  return node;
}

/** One level down a path: the keys of that name, else the parts of that name. */
function below(reached: readonly Reached[], step: string): Reached[] {
  const keyed = reached.flatMap((from) => children(from).filter(({ path }) => path.at(-1) === step));
  if (keyed.length > 0) return keyed;
  const named = reached.filter(({ node }) => nameOf(node) === step);
  if (named.length > 0) return named;
  const entries = reached.flatMap((from) => {
    const entry = entryOf(from);
    return entry === undefined ? [] : [entry];
  });
  return entries.some(({ node }) => node.properties !== undefined || variantsOf(node).length > 0) &&
    reached.every(({ node }) => node.type === "array") &&
    !/^\d+$/.test(step)
    ? below(entries.flatMap(alternatives), step)
    : entries;
}

/** What may stand at a place: itself, or each of a union's members but null. */
function alternatives(from: Reached): Reached[] {
  const variants = variantsOf(from.node).filter(({ type }) => type !== "null");
  if (variants.length === 0) return [from];
  return variants.flatMap((node) => {
    const name = nameOf(node);
    return alternatives({ ...from, node, parts: name === undefined ? from.parts : [...from.parts, name] });
  });
}

const variantsOf = ({ anyOf, oneOf }: SchemaNode): readonly SchemaNode[] => oneOf ?? anyOf ?? [];

/** The options one level below a place, which is no union; those of a list or a map are its entry's. */
function children(from: Reached): Reached[] {
  const { node, path, parts } = from;
  if (node.properties !== undefined) {
    return Object.entries(node.properties)
      .filter(([key, { const: value }]) => !(key === "name" && value !== undefined))
      .map(([key, child]) => ({
        node: child,
        path: [...path, key],
        parts,
        required: node.required?.includes(key) ?? false,
      }));
  }
  const entry = entryOf(from);
  if (entry === undefined) return [];
  return node.type === "array" ? alternatives(entry).flatMap(children) : [entry];
}

/** The entry of a list, at the list's own path, or of a map by any name. */
function entryOf({ node, path, parts }: Reached): Reached | undefined {
  if (node.type === "array") {
    return typeof node.items === "object" ? { node: node.items, path, parts, required: false } : undefined;
  }
  const { additionalProperties: value } = node;
  if (typeof value !== "object" || Object.keys(value).length === 0) return undefined;
  return { node: value, path: [...path, "<name>"], parts, required: false };
}

function optionOf(from: Reached): Option {
  const { node, path, parts, required } = from;
  const { meaning, fallback } = splitDefault(node.description ?? "");
  const written = node.default === undefined ? fallback : write(node.default);
  const inside = alternatives(from).filter(({ node: inner }) => inner !== node || variantsOf(node).length === 0);
  const keys = inside.flatMap((place) => children(place).map((child) => child.path.at(-1) ?? ""));
  return {
    path,
    parts,
    meaning,
    takes: takes(node),
    ...(written === undefined ? {} : { fallback: written }),
    required: required && written === undefined,
    keys: [...new Set(keys)],
    names: namesOf(node),
  };
}

const namesOf = (node: SchemaNode): string[] =>
  variantsOf(node.type === "array" && typeof node.items === "object" ? node.items : node).flatMap((variant) => {
    const name = nameOf(variant);
    return name === undefined ? namesOf(variant) : [name];
  });

/** A description that ends in its default, as those of optimizers do, whose defaults depend on the flavour. */
function splitDefault(description: string): { readonly meaning: string; readonly fallback?: string } {
  const [, meaning, fallback = undefined] =
    description.match(/^(.*); default:? (.+)$/) ?? description.match(/^(.*) \(default:? ([^()]+)\)$/) ?? [];
  return fallback === undefined ? { meaning: description } : { meaning, fallback };
}

const write = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** The values that a place takes: `a number, at least 0, less than 1`. */
function takes(node: SchemaNode): string {
  const names = namesOf(node);
  if (node.type !== "array" && names.length > 0) {
    return `${names.length === 1 ? "" : "one of "}${names.join(", ")}${isNullable(node) ? ", or null" : ""}`;
  }
  const variants = variantsOf(node);
  if (variants.length > 0) return [...new Set(variants.map(takes))].join(", or ");
  if (node.const !== undefined) return write(node.const);
  if (node.enum !== undefined) return `one of ${node.enum.map(write).join(", ")}`;
  switch (node.type) {
    case "number":
      return ["a number", ...bounds(node)].join(", ");
    case "integer":
      return ["an integer", ...bounds(node)].join(", ");
    case "boolean":
      return "true or false";
    case "string":
      return "text";
    case "null":
      return "null";
    case "array":
      return list(node, names);
    case "object":
      return map(node);
    default:
      return "any value";
  }
}

function isNullable(node: SchemaNode): boolean {
  return variantsOf(node).some(({ type }) => type === "null");
}

function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: SchemaNode): string[] {
  const given = (value: number | undefined): value is number =>
    value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  return [
    ...(given(minimum) ? [`at least ${minimum}`] : []),
    ...(given(exclusiveMinimum) ? [`more than ${exclusiveMinimum}`] : []),
    ...(given(maximum) ? [`at most ${maximum}`] : []),
    ...(given(exclusiveMaximum) ? [`less than ${exclusiveMaximum}`] : []),
  ];
}

function list({ prefixItems, items, minItems = 0 }: SchemaNode, names: readonly string[]): string {
  if (prefixItems !== undefined) return `a list [${prefixItems.map(takes).join("; ")}]`;
  const entry = typeof items !== "object" ? "values" : names.length > 0 ? "parts" : `${takes(items)} each`;
  return `a list${minItems > 0 ? ` of at least ${minItems}` : ""}: ${entry}`;
}

function map({ properties, additionalProperties: value }: SchemaNode): string {
  if (properties !== undefined) return `a map with the keys ${Object.keys(properties).join(", ")}`;
  const known = typeof value === "object" && Object.keys(value).length > 0;
  return known ? `a map from names to: ${takes(value)}` : "a map from names to values";
}
