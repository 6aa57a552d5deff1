import type { z } from "zod";
import { childAt, keysAt, nodesAt, prepared, type Schema, variantsHaving } from "../../config/schema-walk.js";
import { assign, parseAssignment } from "../../study/assign.js";
import type { Context } from "./line.js";

type Words = Readonly<Record<string, string>>;

/** A configuration as the line has it so far, and the schema by which it will be checked. */
interface Configured {
  readonly schema: Schema;
  readonly input: unknown;
}

/**
 * What `--set` may be given: of `optimizer.` the keys that this optimizer has, of `optimizer.name=` its values. A key
 * that holds others ends in a dot, one that holds a value in an equals sign.
 */
export async function assignments(context: Context): Promise<Words> {
  const { last } = context;
  const equals = last.indexOf("=");
  const keys = (equals < 0 ? last : last.slice(0, equals)).split(".");
  const path = equals < 0 ? keys.slice(0, -1) : keys;
  const configured = await configuration(context);
  const place = configured && (await inside(configured, path));
  if (place === undefined) return {};
  const prefix = equals < 0 ? path.map((key) => `${key}.`).join("") : `${last.slice(0, equals)}=`;
  const found = equals < 0 ? keysOf(place) : valuesOf(place);
  return Object.fromEntries(Object.entries(found).map(([word, about]) => [prefix + word, about]));
}

interface Place extends Configured {
  readonly path: readonly string[];
}

/** A path of a study that leads into an experiment's configuration is one of its task's configuration. */
async function inside({ schema, input }: Configured, path: readonly string[]): Promise<Place | undefined> {
  const [experiments, name, config, ...rest] = path;
  if (experiments !== "experiments" || config !== "config") return { ...prepared(schema, input), path };
  const experiment = (input as { experiments?: Record<string, { task: string; config: unknown }> }).experiments?.[name];
  const { tasks } = await import("../tasks.js");
  const task = tasks.find((one) => one.name === experiment?.task);
  return task && { ...prepared(task.schema, experiment?.config ?? {}), path: rest };
}

async function configuration({ command, options, positional }: Context): Promise<Configured | undefined> {
  const given = (option: string) => options.get(option)?.at(-1);
  const base = await written(command.name(), positional, given);
  if (base === undefined) return undefined;
  const sets = (options.get("--set") ?? []).map(parseAssignment);
  return { ...base, input: sets.reduce((input, set) => assign(input, set, "--set"), base.input) };
}

async function written(
  command: string,
  [first]: readonly string[],
  given: (option: string) => string | undefined,
): Promise<Configured | undefined> {
  const optimizer = given("--optimizer");
  if (command === "play") {
    const { gameTaskSchema } = await import("../../../gan/config.js");
    return { schema: gameTaskSchema, input: { game: { name: first }, optimizer: { name: optimizer ?? "sgd" } } };
  }
  if (command === "train") {
    const { rlTaskSchema } = await import("../../../agents/task-schema.js");
    const agent = given("--agent");
    const parts = { ...(agent && { agent: { name: agent } }), ...(optimizer && { optimizer: { name: optimizer } }) };
    return { schema: rlTaskSchema, input: { env: { id: given("--env") }, ...parts } };
  }
  if (first === undefined) return undefined;
  const [{ loadStudy }, { studySchema }, { findStudy }] = await Promise.all([
    import("../../study/load.js"),
    import("../../study/schema.js"),
    import("../studies.js"),
  ]);
  return { schema: studySchema, input: loadStudy(findStudy(first)).study };
}

function keysOf({ schema, input, path }: Place): Words {
  const isMap = nodesAt(schema, input, path).some(({ _zod: { def } }) => def.type === "record");
  const value = path.reduce<unknown>((map, key) => (map as Record<string, unknown> | undefined)?.[key], input);
  const keys = [...keysAt(schema, input, path), ...(isMap ? Object.keys(value ?? {}) : [])];
  return Object.fromEntries(
    keys.map((key) => {
      const inner = nodesAt(schema, input, [...path, key]);
      const holds = inner.some(({ _zod: { def } }) => def.type === "object" || def.type === "record");
      return [`${key}${holds ? "." : "="}`, descriptionOf(childAt(schema, input, [...path, key]))];
    }),
  );
}

/** The names at which a value is chosen; a number or a list has none. */
function valuesOf({ schema, input, path }: Place): Words {
  const variants = variantsHaving(schema, input, path.slice(0, -1), path.at(-1) ?? "");
  const names =
    variants !== undefined && variants.by === path.at(-1)
      ? variants.having
      : nodesAt(schema, input, path).flatMap(({ _zod: { def } }) => {
          if (def.type === "enum") return Object.values(def.entries).map(String);
          return def.type === "boolean" ? ["true", "false"] : [];
        });
  return Object.fromEntries(names.map((name) => [name, ""]));
}

/** What a schema says of itself, inside what wraps it. */
function descriptionOf(schema: Schema | undefined): string {
  if (schema === undefined) return "";
  const own = (schema as z.ZodType).description;
  if (own !== undefined) return own;
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return "innerType" in def ? descriptionOf(def.innerType) : "";
}
