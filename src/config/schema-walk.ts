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
  return reached(schema, input, path).flatMap(({ schema, value }) => alternatives(schema, value));
}

/** The schema at a path, with what wraps it; the first where there are several. */
export function childAt(schema: Schema, input: unknown, path: readonly PropertyKey[]): Schema | undefined {
  return reached(schema, input, path)[0]?.schema;
}

/** The keys that a map at a path may have. */
export function keysAt(schema: Schema, input: unknown, path: readonly PropertyKey[]): string[] {
  return [...new Set(nodesAt(schema, input, path).flatMap(keysOf))];
}

/** A map at a path whose kind is told by one of its keys, as an optimizer's by its name. */
export interface Variants {
  /** The key that tells, and what stands there. */
  readonly by: string;
  readonly chosen: unknown;
  /** The kinds that have a key of this name. */
  readonly having: readonly string[];
}

/** Of a union at a path, which of its variants have a key; undefined where none has it. */
export function variantsHaving(
  schema: Schema,
  input: unknown,
  path: readonly PropertyKey[],
  key: string,
): Variants | undefined {
  for (const { schema: place, value } of reached(schema, input, path)) {
    const { def } = unwrapped(place)._zod;
    const by = def.type === "union" ? discriminatorOf(def) : undefined;
    if (def.type !== "union" || by === undefined) continue;
    const having = def.options.filter((option) => keysOf(unwrapped(option)).includes(key));
    const names = having.flatMap((option) => [...(option._zod.propValues?.[by] ?? [])]);
    const known = names.filter((name) => name !== undefined).map(String);
    if (known.length > 0) return { by, chosen: fieldOf(value, by), having: known };
  }
  return undefined;
}

interface Reached {
  readonly schema: Schema;
  readonly value: unknown;
}

/** The schemas at a path, those on the way to it narrowed. */
function reached(schema: Schema, input: unknown, path: readonly PropertyKey[]): Reached[] {
  let places: Reached[] = [{ schema, value: input }];
  for (const key of path) {
    places = places.flatMap(({ schema, value }) =>
      alternatives(schema, value).flatMap((node) => {
        const child = childOf(node, key);
        return child === undefined ? [] : [{ schema: child, value: fieldOf(value, key) }];
      }),
    );
  }
  return places;
}

function keysOf({ _zod: { def } }: Node): string[] {
  return def.type === "object" ? Object.keys(def.shape) : [];
}

function fieldOf(value: unknown, key: PropertyKey): unknown {
  return (value as Readonly<Record<PropertyKey, unknown>> | undefined | null)?.[key];
}

function discriminatorOf(def: z.core.$ZodUnionDef): string | undefined {
  return (def as z.core.$ZodDiscriminatedUnionDef).discriminator as string | undefined;
}

function alternatives(schema: Schema, value: unknown): Node[] {
  const node = unwrapped(schema);
  const { def } = node._zod;
  if (def.type !== "union") return [node];
  const key = discriminatorOf(def);
  const name = key === undefined ? undefined : (fieldOf(value, key) as z.core.util.Primitive);
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
