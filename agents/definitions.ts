import { z } from "zod";
import type { Columns } from "../src/study/tables.js";
import { a2c } from "./a2c.js";
import type { Agent, AgentDefinition, AgentParts } from "./agent.js";

/** Every agent, from simple to complex. To add one, add a line. */
const definitions = [a2c];

type Schema = (typeof definitions)[number]["schema"];

/** An agent's options, told apart by `name`. */
export const agentSchema = z.discriminatedUnion(
  "name",
  definitions.map(({ schema }) => schema) as [Schema, ...Schema[]],
);
export type AgentOptions = z.output<typeof agentSchema>;

const byName: ReadonlyMap<string, AgentDefinition<Schema>> = new Map(
  definitions.map((definition) => [definition.name, definition]),
);

/** The agents known by name, with a line for listings. */
export const agents: Readonly<Record<string, string>> = Object.fromEntries(
  [...byName].map(([name, { description }]) => [name, description]),
);

/** The columns that agents declare, all together. */
export const agentColumns: Columns = Object.assign({}, ...definitions.map(({ columns }) => columns));

/** The definition of the agent that options are for. */
export function definitionOf({ name }: AgentOptions): AgentDefinition<Schema> {
  return byName.get(name) as AgentDefinition<Schema>;
}

/** The agent of checked options. */
export function createAgent(options: AgentOptions, parts: AgentParts): Agent {
  return definitionOf(options).create(options, parts);
}
