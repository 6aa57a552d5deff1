import { z } from "zod";
import { prepared } from "../config/schema-walk.js";
import { studySchema } from "../study/schema.js";
import type { Task } from "../study/task.js";

/** JSON Schema, draft 7, which editors and Ajv know. */
type JsonSchema = { [key: string]: unknown };

/**
 * The JSON Schema of study files, from the schemas that check them: what a study may hold, and of each experiment's
 * `config` the keys and values that its task takes. A configuration may leave out what the grid sets, so that nothing in
 * it is required. What one schema cannot say, as that two keys exclude each other, is left to `ringdown explain`.
 */
export function studyJsonSchema(tasks: readonly Task[]): JsonSchema {
  const schema = z.toJSONSchema(studySchema, conversion) as JsonSchema;
  const experiments = (schema.properties as Record<string, JsonSchema>).experiments;
  const experiment = experiments.additionalProperties as JsonSchema;
  const named = experiment.properties as Record<string, JsonSchema>;
  named.task = { ...named.task, enum: tasks.map(({ name }) => name) };
  experiment.allOf = tasks.map(({ name }) => ({
    if: { properties: { task: { const: name } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: { properties: { config: { $ref: `#/definitions/${name}` } } },
  }));
  return { title: "A study of Ringdown", ...schema, definitions: configurations(tasks) };
}

/** What is written, before defaults; what JSON Schema cannot say takes anything. */
const conversion = { target: "draft-7", io: "input", unrepresentable: "any" } as const;

/** Task → the schema of its configuration, beside the parts that several of them have. */
function configurations(tasks: readonly Task[]): JsonSchema {
  const all = z.object(Object.fromEntries(tasks.map(({ name, schema }) => [name, checked(schema)])));
  const { properties, definitions }: JsonSchema = z.toJSONSchema(all, { ...conversion, reused: "ref" });
  return mapped({ ...(definitions as JsonSchema), ...(properties as JsonSchema) });
}

function checked(schema: z.ZodType): z.ZodType {
  return prepared(schema, {}).schema as z.ZodType;
}

/** A schema that lets every key be left out. A union then has several alternatives that fit, so that any may. */
function partial(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(partial);
  if (typeof schema !== "object" || schema === null) return schema;
  const { required: _, oneOf, properties, $schema: __, ...rest } = schema as JsonSchema;
  const inner = Object.entries(rest).map(([key, value]) => [key, literal.has(key) ? value : partial(value)]);
  return {
    ...Object.fromEntries(inner),
    ...(oneOf === undefined ? {} : { anyOf: partial(oneOf) }),
    ...(properties === undefined ? {} : { properties: mapped(properties as JsonSchema) }),
  };
}

/** Keywords whose values are data, not schemas. */
const literal = new Set(["default", "const", "enum", "examples"]);

function mapped(properties: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, partial(value)]));
}
