import type { Condition } from "./run.js";

/** The value that a path in the configuration takes in some condition. */
export interface Choice {
  readonly path: string;
  readonly label: string;
  readonly value: unknown;
  /** Where the study says so, for messages. */
  readonly at: string;
}

export function conditionOf(choices: readonly Choice[]): Condition {
  return Object.fromEntries(choices.map(({ path, label }) => [path, label]));
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
