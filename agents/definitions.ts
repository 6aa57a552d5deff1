import { z } from "zod";
import { definitionOf as definitionNamed, describeAll, nameOf, schemasOf } from "../src/config/definitions.js";
import type { Columns } from "../src/study/tables.js";
import { a2c } from "./a2c.js";
import type { Agent, AgentDefinition, AgentParts } from "./agent.js";
import { type AgentDefaults, withAgentDefaults } from "./defaults.js";
import { gradientBandit } from "./gradient-bandit.js";
import { ppo } from "./ppo.js";
import { reinforce } from "./reinforce.js";

/** Every agent, from simple to complex. To add one, add it here. */
const definitions = [gradientBandit, reinforce, a2c, ppo] as const;

/** The agent meant where none is named. */
const fallback = a2c;

/** An agent's options, told apart by `name`. */
export const agentSchema = z.discriminatedUnion("name", schemasOf(definitions));
/** Options of any agent, with every default filled in. */
export type AgentOptions = z.output<typeof agentSchema>;

/** The agents known by name, with a line for listings. */
export const agents: Readonly<Record<string, string>> = describeAll(definitions);

/** The columns that agents declare, all together. */
export const agentColumns: Columns = Object.assign({}, ...definitions.map(({ columns }) => columns));

/** The definition of the agent that options are for. */
export function definitionOf({ name }: AgentOptions): AgentDefinition {
  return definitionNamed<AgentDefinition>(definitions, name);
}

/** The agent of checked options. */
export function createAgent(options: AgentOptions, parts: AgentParts): Agent {
  return definitionOf(options).create(options, parts);
}

/** A run's configuration as it is written, with what suits its agent for what it leaves out. */
export function withDefaults(input: unknown): unknown {
  const defaultsOf = (name: unknown): AgentDefaults =>
    (definitions.find((definition) => nameOf(definition) === name) ?? fallback).defaults;
  return withAgentDefaults(input, nameOf(fallback), defaultsOf);
}
