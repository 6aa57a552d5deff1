import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { check } from "../config/check.js";
import { InputError } from "../config/input-error.js";
import { suggest } from "../config/nearest.js";
import { type Assignment, assign } from "./assign.js";
import { mostRuns, type StudyFile, studySchema } from "./schema.js";
import { parseYaml } from "./yaml.js";

/** How a study differs from what its file says. */
export interface StudyChanges {
  /** Apply the file's own `quick` section. */
  readonly quick?: boolean;
  /** Applied after `quick`, in order. */
  readonly set?: readonly Assignment[];
  /** Replaces the seeds of every experiment by 1 … seeds; applied last. */
  readonly seeds?: number;
  /** The experiments that stay; the others are left out. */
  readonly only?: readonly string[];
}

/** A checked study, and where it comes from. */
export interface LoadedStudy {
  readonly study: StudyFile;
  /** The words that name its origin in messages: the file and the options that change it. */
  readonly source: string;
  /** The folder of the file, which relative paths in its configurations start from; else the working directory. */
  readonly base?: string;
}

/**
 * Reads and checks a study file. The configurations inside are checked by {@link planStudy}, which knows the tasks.
 *
 * @throws InputError when the file cannot be read, is not YAML, or is not a study
 */
export function loadStudy(file: string, changes: StudyChanges = {}): LoadedStudy {
  return readStudyText(readText(file), file, changes);
}

/** The same of a text that stands in a file, or is to. */
export function readStudyText(text: string, file: string, changes: StudyChanges = {}): LoadedStudy {
  const written = parseStudy(text, file);
  const { quick } = check(studySchema, written, file);
  // The quick section is tried even when it is not asked for: a wrong path shows on the first run, not months later.
  const shortened = Object.entries(quick ?? {}).reduce(
    (document, [path, value]) => assign(document, { path, value }, `${file}: quick`),
    written,
  );
  check(studySchema, withoutNulls(shortened, written), `${file} with --quick`);
  if (changes.quick && quick === undefined) {
    throw new InputError(`${file}: --quick needs a section "quick" (path → value), and this study has none`);
  }
  const sets = changes.set ?? [];
  const source = [
    file,
    ...(changes.quick ? ["--quick"] : []),
    ...sets.map(({ path, value }) => `--set ${path}=${JSON.stringify(value)}`),
  ].join(" with ");
  let document = changes.quick ? shortened : written;
  for (const change of sets) document = assign(document, change, `--set ${change.path}`);
  const whole = check(studySchema, withoutNulls(document, written), source);
  const study = changes.only === undefined ? whole : withOnly(whole, changes.only, source);
  return {
    study: changes.seeds === undefined ? study : withSeeds(study, changes.seeds),
    source,
    base: dirname(file),
  };
}

/** The document without what a change has set to null and the file has: experiments, and the tuning of experiments. */
function withoutNulls(document: unknown, written: unknown): unknown {
  const kept = structuredClone(document);
  const [experiments, inFile] = [experimentsOf(kept), experimentsOf(written)];
  for (const [name, one] of Object.entries(experiments)) {
    const before = inFile[name] ?? null;
    if (one === null && before !== null) delete experiments[name];
    if (one?.tune === null && (before?.tune ?? null) !== null) delete one.tune;
  }
  return kept;
}

function experimentsOf(document: unknown): Record<string, { tune?: unknown } | null> {
  const { experiments } = document as { experiments?: Record<string, { tune?: unknown } | null> };
  return typeof experiments === "object" && experiments !== null ? experiments : {};
}

function withSeeds(study: StudyFile, count: number): StudyFile {
  if (count > mostRuns) throw new InputError(`--seeds: expected at most ${mostRuns}, found ${count}`);
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  const experiments = Object.entries(study.experiments).map(([name, experiment]) => [name, { ...experiment, seeds }]);
  return { ...study, experiments: Object.fromEntries(experiments) };
}

function withOnly(study: StudyFile, names: readonly string[], source: string): StudyFile {
  const all = Object.keys(study.experiments);
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined) {
    throw new InputError(`--only: ${source} has no experiment "${unknown}"${suggest(unknown, all)}`);
  }
  const kept = Object.entries(study.experiments).filter(([name]) => names.includes(name));
  return { ...study, experiments: Object.fromEntries(kept) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new InputError(`${file}: there is no such file`);
    if (code === "EISDIR") throw new InputError(`${file}: expected a study file, found a folder`);
    throw new InputError(`${file}: cannot be read (${code})`);
  }
}

function parseStudy(text: string, file: string): unknown {
  let value: unknown;
  try {
    value = parseYaml(text);
  } catch (error) {
    throw new InputError(`${file}: not YAML: ${(error as Error).message}`);
  }
  if (value === null) throw new InputError(`${file}: the file is empty; expected a study with a name and experiments`);
  return value;
}
