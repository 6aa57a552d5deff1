import type { z } from "zod";

export type Schema = z.core.$ZodType;
type Node = z.core.$ZodTypes;

// The walk mirrors the path of an issue in the schema, to name what would have been valid there.

/** What a schema that prepares its input (`z.preprocess`) checks in the end, and the input as it is then. */
export function prepared(schema: Schema, input: unknown): { schema: Schema; input: unknown } {
  const { def } = (schema as Node)._zod;
  if (def.type !== "pipe") return { schema, input };
  const first = (def.in as Node)._zod.def;
  if (first.type !== "transform") return { schema, input };
  return { schema: def.out, input: first.transform(input, { value: input, issues: [] }) };
}

/** The schemas that an input may have taken at a path; a union is narrowed by its discriminator. */
export function nodesAt(schema: Schema, input: unknown, path: readonly PropertyKey[]): Node[] {
  let nodes = alternatives(schema, input);
  let value = input as Record<PropertyKey, unknown> | undefined;
  for (const key of path) {
    value = value?.[key] as typeof value;
    nodes = nodes.flatMap((node) => {
      const child = childOf(node, key);
      return child === undefined ? [] : alternatives(child, value);
    });
  }
  return nodes;
}

/** The keys that a map at a path may have. */
export function keysAt(schema: Schema, input: unknown, path: readonly PropertyKey[]): string[] {
  const keys = nodesAt(schema, input, path).flatMap(({ _zod: { def } }) =>
    def.type === "object" ? Object.keys(def.shape) : [],
  );
  return [...new Set(keys)];
}

function alternatives(schema: Schema, value: unknown): Node[] {
  const node = unwrapped(schema);
  const { def } = node._zod;
  if (def.type !== "union") return [node];
  const key = (def as z.core.$ZodDiscriminatedUnionDef).discriminator as string | undefined;
  const name = key === undefined ? undefined : (value as Record<string, z.core.util.Primitive> | undefined)?.[key];
  return def.options
    .filter((option) => key === undefined || option._zod.propValues?.[key]?.has(name))
    .flatMap((option) => alternatives(option, value));
}

function childOf(node: Node, key: PropertyKey): Schema | undefined {
  const { def } = node._zod;
  switch (def.type) {
    case "object":
      return def.shape[key as string];
    case "array":
      return def.element;
    case "record":
      return def.valueType;
    case "tuple":
      return def.items[key as number];
    default:
      return undefined;
  }
}

/** The schema inside what only wraps it. */
function unwrapped(schema: Schema): Node {
  const node = schema as Node;
  const { def } = node._zod;
  switch (def.type) {
    case "lazy":
      return unwrapped(def.getter());
    case "pipe":
      return unwrapped(def.in);
    case "optional":
    case "nullable":
    case "nonoptional":
    case "default":
    case "prefault":
    case "catch":
    case "readonly":
      return unwrapped(def.innerType);
    default:
      return node;
  }
}
