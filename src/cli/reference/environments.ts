import { driftable, type EnvSpec } from "../../../envs/dynamics.js";
import { expected, type ParameterSpec } from "../../../envs/parameters.js";
import { names, spec } from "../../../envs/registry.js";
import type { Entry } from "./kinds.js";

export function environmentEntries(): Entry[] {
  return names().map((id) => {
    const known = spec(id);
    return { name: id, line: known.description, more: more(known) };
  });
}

function more(known: EnvSpec): string[] {
  const { observationSpace, actionSpace, maxEpisodeSteps, reference, distributions = {} } = known;
  const groups = Object.entries(distributions).map(([name, members]) => `${name} (${members.join(", ")})`);
  return [
    `Observations: ${observationSpace}. Actions: ${actionSpace}.`,
    Number.isFinite(maxEpisodeSteps)
      ? `An episode is cut off after ${maxEpisodeSteps} steps.`
      : "An episode is never cut off.",
    ...(reference === undefined ? [] : [`Best expected return: ${reference.kind}, ${reference.source}.`]),
    ...(groups.length === 0 ? [] : [`Distributions, which drift as a whole: ${groups.join("; ")}.`]),
  ];
}

/** A parameter of environments, which may be set and may drift. */
export interface EnvironmentParameter {
  readonly id: string;
  readonly name: string;
  readonly parameter: ParameterSpec;
}

/** The parameters of an environment, those of its channel to the agent included. */
export function parametersOf(id: string): EnvironmentParameter[] {
  return Object.entries(driftable(spec(id)).parameters).map(([name, parameter]) => ({ id, name, parameter }));
}

/** The values that a parameter takes, in words. */
export const takenBy = ({ parameter }: EnvironmentParameter): string => expected(parameter);
