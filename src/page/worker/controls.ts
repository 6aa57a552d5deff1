import { z } from "zod";
import type { Control, ControlGroup } from "../messages.js";

/** The part of JSON Schema that options are made of. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly prefixItems?: readonly Schema[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

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
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema;
  const controls = fields(json, path, value);
  const under =
    (key: string) =>
    ({ path: at }: Control) =>
      at === join(path, key) || at.startsWith(`${join(path, key)}.`);
  const shown = only?.flatMap((key) => controls.filter(under(key)));
  return { title, controls: shown ?? controls };
}

function fields(schema: Schema, path: string, value: unknown): Control[] {
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

function nameOf({ properties }: Schema): string | undefined {
  const name = properties?.name?.const;
  return typeof name === "string" ? name : undefined;
}

function control(field: Schema, path: string, value: unknown): Control[] {
  const nullable = field.anyOf?.some(({ type }) => type === "null") ?? false;
  const [schema] = field.anyOf?.filter(({ type }) => type !== "null") ?? [field];
  const input = inputOf({ ...schema, default: field.default ?? schema.default }, nullable);
  if (input === undefined) return [];
  const own = { path, help: field.description ?? "", value: value ?? null, input };
  return input.kind === "part" && value !== undefined ? [own, ...fields(schema, path, value)] : [own];
}

function inputOf(schema: Schema, nullable: boolean): Control["input"] | undefined {
  if (schema.enum !== undefined) return { kind: "choice", options: schema.enum.map(String) };
  if (schema.type === "boolean") return { kind: "switch" };
  if (schema.type === "object" && schema.properties !== undefined && !nullable) return { kind: "part" };
  if (schema.type === "array") {
    const items = schema.prefixItems ?? (schema.items === undefined ? [] : [schema.items]);
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

const isNumber = ({ type }: Schema) => type === "number" || type === "integer";

const join = (path: string, key: string) => (path === "" ? key : `${path}.${key}`);
