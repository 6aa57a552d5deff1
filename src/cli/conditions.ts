import { realpathSync } from "node:fs";
import { type ConditionRuns, conditions } from "../../reports/parts/general/measures.js";
import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import { readStudy, type Study } from "../study/read.js";

/** An experiment of a finished study whose conditions are compared. */
export interface Compared {
  readonly directory: string;
  readonly study: string;
  readonly experiment: string;
  readonly groups: readonly ConditionRuns[];
}

/**
 * The conditions of one experiment of each study. Those of several studies are named `<study>: <condition>`, by the
 * studies' folders where two have the same name.
 *
 * @param experiment which one, where a study has several
 * @throws InputError where a study is named twice or has no such experiment
 */
export async function readConditions(
  directories: readonly string[],
  experiment: string | undefined,
): Promise<Compared[]> {
  const studies: { directory: string; study: Study }[] = [];
  for (const directory of directories) studies.push({ directory, study: await readStudy(directory) });
  refuseRepeated(directories);
  const names = studies.map(({ study }) => study.name);
  const unique = new Set(names).size === names.length;
  return studies.map(({ directory, study }) => {
    const option = studies.length === 1 ? "--experiment" : `--experiment: ${directory}`;
    const chosen = choose(option, experiment, study.experiments);
    const of = studies.length === 1 ? "" : `${unique ? study.name : directory}: `;
    const groups = conditions(chosen).map(({ label, runs }) => ({ label: `${of}${label}`, runs }));
    return { directory, study: study.name, experiment: chosen.name, groups };
  });
}

function refuseRepeated(directories: readonly string[]): void {
  const real = directories.map((directory) => realpathSync(directory));
  const again = real.findIndex((path, k) => real.indexOf(path) < k);
  if (again >= 0) throw new InputError(`<dir>: ${directories[again]} is given twice`);
}

/**
 * The named one; without a name the only one.
 *
 * @param option which option names it, for errors
 * @throws InputError where there is none of this name, and where there are several and no name
 */
export function choose<T>(option: string, name: string | undefined, from: Readonly<Record<string, T>>): T {
  const names = Object.keys(from);
  const wanted = name ?? (names.length === 1 ? names[0] : undefined);
  if (wanted === undefined) throw new InputError(`${option}: expected one of ${names.join(", ")}`);
  if (Object.hasOwn(from, wanted)) return from[wanted];
  throw new InputError(`${option}: there is no "${wanted}"${suggest(wanted, names)}`);
}
