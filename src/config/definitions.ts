import type { z } from "zod";

// A kind of part (optimizers, games, targets …) is a list of definitions, each with its schema: names, listings, types and
// the switch from a name to its constructor follow from the list.

type WithSchema = { readonly schema: z.ZodObject };

/** The schemas of a list of definitions, in its order, each with its own type. */
export function schemasOf<const List extends readonly WithSchema[]>(
  list: List,
): { readonly [K in keyof List]: List[K]["schema"] } {
  return eachOf(list, ({ schema }) => schema);
}

/** The same with options that all share beside their own. */
export function extendedSchemas<const List extends readonly WithSchema[], Shared extends z.ZodRawShape>(
  list: List,
  shared: Shared,
): { readonly [K in keyof List]: Extended<List[K]["schema"], Shared> } {
  return eachOf(list, ({ schema }) => schema.extend(shared));
}

type Extended<Schema, Shared extends z.ZodRawShape> =
  Schema extends z.ZodObject<infer Shape, infer Config> ? z.ZodObject<Shape & Shared, Config> : never;

/** A map over a tuple, whose result is an array to the compiler: the only place that says otherwise. */
function eachOf<T, Mapped>(list: readonly T[], change: (one: T) => unknown): Mapped {
  return list.map(change) as unknown as Mapped;
}

/** The name that a definition's schema stands for. */
export function nameOf({ schema }: { readonly schema: z.ZodObject<{ name: z.ZodLiteral<string> }> }): string {
  return schema.shape.name.value;
}

/** The definition that a configuration's `name` means; the schemas have seen that there is one. */
export function definitionOf<D extends { readonly schema: z.ZodObject<{ name: z.ZodLiteral<string> }> }>(
  list: readonly D[],
  name: string,
): D {
  const found = list.find((definition) => nameOf(definition) === name);
  if (found === undefined) throw new Error(`no definition is named ${name}`);
  return found;
}

/** Name → the line about it, for listings. */
export function describeAll(
  list: readonly { readonly description: string; readonly schema: z.ZodObject<{ name: z.ZodLiteral<string> }> }[],
): Record<string, string> {
  return Object.fromEntries(list.map((definition) => [nameOf(definition), definition.description]));
}
