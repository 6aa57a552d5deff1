import { z } from "zod";

/** The part of JSON Schema that options are made of. */
export interface SchemaNode {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaNode | boolean;
  readonly prefixItems?: readonly SchemaNode[];
  readonly items?: SchemaNode | boolean;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}

/** What a schema takes, before defaults are filled in; where it takes what JSON Schema cannot say, that takes anything. */
export function jsonSchemaOf(schema: z.core.$ZodType): SchemaNode {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as SchemaNode;
}

/** The name of a part, which tells it from the others of its union. */
export function nameOf({ properties }: SchemaNode): string | undefined {
  const name = properties?.name?.const;
  return typeof name === "string" ? name : undefined;
}
