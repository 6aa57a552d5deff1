import type { z } from "zod";

export type Schema = z.core.$ZodType;

// The walk mirrors the path of an issue in the schema, to name what would have been valid there.

interface Def {
  readonly type: string;
  readonly format?: string;
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
export function nodesAt(schema: Schema, input: unknown, path: readonly PropertyKey[]): Def[] {
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
  const key = def.discriminator;
  const name = (value as Record<string, unknown> | undefined)?.[key];
  // A name left out means the option whose schema lets it be left out.
  const meant = (schema: Schema | undefined) =>
    name === undefined ? schema?._zod.optin !== undefined : literals(schema).includes(String(name));
  return options.filter((option) => meant(option.shape?.[key]));
}

/** The keys that a map at a path may have. */
export function keysAt(schema: Schema, input: unknown, path: readonly PropertyKey[]): string[] {
  return [...new Set(nodesAt(schema, input, path).flatMap((node) => Object.keys(node.shape ?? {})))];
}

/** The names that a discriminated union at a path knows. */
export function optionsAt(schema: Schema, input: unknown, path: readonly PropertyKey[]): string[] {
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
