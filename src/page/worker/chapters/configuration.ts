import { check } from "../../../config/check.js";
import { definitionOf } from "../../../config/definitions.js";
import { InputError } from "../../../config/input-error.js";
import { suggest } from "../../../config/nearest.js";
import { problems } from "../../../problems/index.js";
import { type ProblemTaskConfig, problemTaskSchema } from "../../../problems/task.js";
import { type Choice, choicesOn, choose } from "../../../study/condition.js";
import type { ExperimentFile } from "../../../study/schema.js";
import { assigned, pathOf, type Settings } from "../settings.js";
import { guideOf } from "./guides.js";

/** What an address says of a claim's stage. */
export interface ClaimChoice {
  readonly claim: string;
  readonly experiment: ExperimentFile;
  /** Of each axis whose values have names: all of them, and the one chosen. */
  readonly axes: readonly { readonly path: string; readonly labels: readonly string[]; readonly chosen: string }[];
  /** The configuration of the condition chosen, without what the visitor changes. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What the visitor changes in it. */
  readonly changes: readonly string[];
  /** The column that is drawn, where the address names one. */
  readonly column: string | undefined;
}

/** Paths of an address that are no part of a run's configuration. */
const isOwn = (text: string) => /^(claim=|column=|axis\.)/.test(text);

/**
 * @param experiments by the names of their claims
 * @throws InputError for a claim and for a value of an axis that there is not
 */
export function claimChoice(
  { assignments }: Pick<Settings, "assignments">,
  experiments: Readonly<Record<string, ExperimentFile>>,
): ClaimChoice {
  const said = new Map(assignments.filter(isOwn).map((text) => [pathOf(text), text.slice(pathOf(text).length + 1)]));
  const claim = said.get("claim") ?? Object.keys(experiments)[0];
  const experiment = experiments[claim];
  if (experiment === undefined) {
    throw new InputError(`claim: there is no claim "${claim}"${suggest(claim, Object.keys(experiments))}`);
  }
  const { begin = {} } = guideOf(claim);
  const chosen = Object.entries(experiment.grid).map(([path, axis]) => {
    const choices = choicesOn(path, axis, `${claim}: ${path}`);
    const label = said.get(`axis.${path}`) ?? begin[path];
    return { path, choices, named: !Array.isArray(axis), choice: labelled(choices, label, path) };
  });
  const choices = chosen.map(({ choice }) => choice);
  return {
    claim,
    experiment,
    axes: chosen
      .filter(({ named }) => named)
      .map(({ path, choices, choice }) => ({ path, labels: choices.map(({ label }) => label), chosen: choice.label })),
    config: choose(experiment.config, choices) as Readonly<Record<string, unknown>>,
    changes: assignments.filter((text) => !isOwn(text)),
    column: said.get("column"),
  };
}

function labelled(choices: readonly Choice[], label: string | undefined, path: string): Choice {
  const found = label === undefined ? choices[0] : choices.find((one) => one.label === label);
  if (found !== undefined) return found;
  const labels = choices.map((one) => one.label);
  throw new InputError(`axis.${path}: no value is named "${label}"${suggest(label ?? "", labels)}`);
}

/** The configuration of one run of a problem as it is written: what only shortens its record is left out. */
export function writtenConfig({ config, changes }: ClaimChoice): Readonly<Record<string, unknown>> {
  const { every: _, until: __, score: ___, ...run } = config;
  const renamed = changes.some((text) => text.startsWith("optimizer.name="));
  // Another optimizer has other options; the learning rate is of all.
  const { lr } = run.optimizer as { readonly lr?: number };
  const base = renamed ? { ...run, optimizer: { ...(lr !== undefined && { lr }) } } : run;
  return assigned(base, changes) as Readonly<Record<string, unknown>>;
}

export function problemConfig(written: Readonly<Record<string, unknown>>): ProblemTaskConfig {
  return check(problemTaskSchema, written, "the address");
}

export const problemSchema = (name: string) => definitionOf(problems, name).schema;
