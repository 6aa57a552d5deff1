import type { z } from "zod";
import { jsonSchemaOf, nameOf, type SchemaNode } from "../../config/json-schema.js";
import type { Control, ControlGroup } from "../messages.js";

/** Parts that need a file of the visitor's machine. */
const outOfReach = new Set(["custom"]);

/**
 * The controls of a group of options, from the schema that checks them.
 *
 * @param path where the options stand in the configuration; empty at the top
 * @param value the options as they are, defaults filled in
 * @param only the keys to show, in this order; all where left out
 */
export function controlsOf(
  title: string,
  schema: z.ZodType,
  path: string,
  value: unknown,
  only?: readonly string[],
): ControlGroup {
  const controls = fields(jsonSchemaOf(schema), path, value);
  const under =
    (key: string) =>
    ({ path: at }: Control) =>
      at === join(path, key) || at.startsWith(`${join(path, key)}.`);
  const shown = only?.flatMap((key) => controls.filter(under(key)));
  return { title, controls: shown ?? controls };
}

function fields(schema: SchemaNode, path: string, value: unknown): Control[] {
  const held = (value ?? {}) as Readonly<Record<string, unknown>>;
  const alternatives = (schema.oneOf ?? schema.anyOf ?? []).filter((one) => nameOf(one) !== undefined);
  if (alternatives.length > 0) {
    const options = alternatives.map(nameOf).filter((name): name is string => !outOfReach.has(name ?? ""));
    const chosen = alternatives.find((one) => nameOf(one) === held.name);
    const name: Control = { path: join(path, "name"), help: "", value: held.name, input: { kind: "choice", options } };
    return [name, ...(chosen === undefined ? [] : fields(chosen, path, value))];
  }
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) =>
    key === "name" ? [] : control(field, join(path, key), held[key]),
  );
}

function control(field: SchemaNode, path: string, value: unknown): Control[] {
  const nullable = field.anyOf?.some(({ type }) => type === "null") ?? false;
  const [schema] = field.anyOf?.filter(({ type }) => type !== "null") ?? [field];
  const input = inputOf({ ...schema, default: field.default ?? schema.default }, nullable);
  if (input === undefined) return [];
  const own = { path, help: field.description ?? "", value: value ?? null, input };
  return input.kind === "part" && value !== undefined ? [own, ...fields(schema, path, value)] : [own];
}

function inputOf(schema: SchemaNode, nullable: boolean): Control["input"] | undefined {
  if (schema.enum !== undefined) return { kind: "choice", options: schema.enum.map(String) };
  if (schema.type === "boolean") return { kind: "switch" };
  if (schema.type === "object" && schema.properties !== undefined && !nullable) return { kind: "part" };
  if (schema.type === "array") {
    const items = schema.prefixItems ?? (typeof schema.items === "object" ? [schema.items] : []);
    return items.length > 0 && items.every(isNumber) ? { kind: "list" } : undefined;
  }
  if (!isNumber(schema)) return undefined;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const [low, high] = [exclusiveMinimum ?? minimum, exclusiveMaximum ?? maximum];
  return {
    kind: "number",
    nullable,
    integer: schema.type === "integer",
    ...(typeof schema.default === "number" && { usual: schema.default }),
    ...(low !== undefined && low > Number.MIN_SAFE_INTEGER && { low }),
    ...(high !== undefined && high < Number.MAX_SAFE_INTEGER && { high }),
    open: { low: exclusiveMinimum !== undefined, high: exclusiveMaximum !== undefined },
  };
}

const isNumber = ({ type }: SchemaNode) => type === "number" || type === "integer";

const join = (path: string, key: string) => (path === "" ? key : `${path}.${key}`);
