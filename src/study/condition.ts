import { InputError } from "../config/input-error.js";
import { assign } from "./assign.js";
import type { Condition } from "./run.js";
import type { Axis } from "./schema.js";

/** The value that a path in the configuration takes in some condition. */
export interface Choice {
  readonly path: string;
  readonly label: string;
  readonly value: unknown;
  /** Where the study says so, for messages. */
  readonly at: string;
}

/**
 * The choices that an axis offers, in the order written.
 *
 * @param at where the study has it, for messages
 * @throws InputError where two have the same label
 */
export function choicesOn(path: string, axis: Axis, at: string): Choice[] {
  const values = Array.isArray(axis) ? axis.map((value) => [plainLabel(value), value] as const) : Object.entries(axis);
  const choices = values.map(([label, value]) => ({ path, label, value, at }));
  const repeated = choices.find(({ label }, index) => choices.findIndex((other) => other.label === label) < index);
  if (repeated !== undefined) throw new InputError(`${at}: expected values that differ, found ${repeated.label} twice`);
  return choices;
}

export function conditionOf(choices: readonly Choice[]): Condition {
  return Object.fromEntries(choices.map(({ path, label }) => [path, label]));
}

/** Whether an axis sets several paths at once: its name begins with a plus, and each value is a map from paths. */
const setsSeveral = ({ path }: Choice) => path.startsWith("+");

/**
 * The configuration in a condition.
 *
 * @throws InputError where a path leads nowhere, and where an axis that sets several paths has a value that is no map
 */
export function choose(config: unknown, choices: readonly Choice[]): unknown {
  return choices.reduce((changed, choice) => {
    if (!setsSeveral(choice)) return assign(changed, choice, choice.at);
    const { label, value, at } = choice;
    if (value === null || typeof value !== "object" || Array.isArray(value)) {
      throw new InputError(`${at}.${label}: expected a map from paths to values, found ${JSON.stringify(value)}`);
    }
    return Object.entries(value).reduce<unknown>(
      (several, [path, one]) => assign(several, { path, value: one }, `${at}.${label}`),
      changed,
    );
  }, config);
}

/** `optimizer.rho=0.9, order=alternating`, for messages and progress. */
export function describeCondition(condition: Condition): string {
  return Object.entries(condition)
    .map(([axis, label]) => `${axis}=${label}`)
    .join(", ");
}

/** A plain value, or a list of them, as its own label. */
export function plainLabel(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
}

/** Whether a value at the one path replaces what stands at the other. */
export function replaces(path: string, other: string): boolean {
  return path === other || other.startsWith(`${path}.`);
}
