import type { z } from "zod";
import { InputError } from "../../src/config/input-error.js";
import type { Experiment, Run, Study } from "../../src/study/read.js";
import type { Findings, Found } from "./findings.js";
import { configOf } from "./select.js";

/** A finished run whose configuration has been checked. */
export interface CheckedRun<Config> extends Run {
  readonly config: Config;
}

/** An experiment of a study, whose runs' configurations have been checked. */
export interface CheckedExperiment<Config> extends Experiment {
  readonly runs: readonly CheckedRun<Config>[];
}

/** A part of a report: what it makes of one experiment of the study, or of several together. */
export interface ExperimentReport<Result extends Found = Found> {
  /** The names of the experiments that it reads. */
  readonly needs: readonly string[];
  find(study: Study): Promise<Result>;
}

type Schemas = Readonly<Record<string, z.ZodType>>;
type Experiments<Needs extends Schemas> = {
  readonly [Name in keyof Needs]: CheckedExperiment<z.output<Needs[Name]>>;
};

/**
 * A part of a report.
 *
 * @param needs by the experiment's name: what is read of its runs' configurations, which are checked before `find`
 * @param find reads rows and summaries, never trains; its findings are plain data
 */
export function experiment<Needs extends Schemas, Result extends Found>({
  needs,
  find,
}: {
  readonly needs: Needs;
  find(experiments: Experiments<Needs>): Result | Promise<Result>;
}): ExperimentReport<Result> {
  return {
    needs: Object.keys(needs),
    async find(study) {
      const checked = Object.entries(needs).map(([name, schema]) => [name, checkedExperiment(study, name, schema)]);
      return find(Object.fromEntries(checked) as Experiments<Needs>);
    },
  };
}

/** An experiment of a study whose runs have been checked for what a schema asks of their configurations. */
export function checkedExperiment<Config>(
  study: Study,
  name: string,
  schema: z.ZodType<Config>,
): CheckedExperiment<Config> {
  const found = study.experiments[name];
  return { ...found, runs: found.runs.map((run) => ({ ...run, config: configOf(run, schema) })) };
}

/** What is made of a study's rows: reads finished runs, never trains. */
export interface Report {
  /** The experiments that it reads. */
  readonly needs: readonly string[];
  /** Whether the study holds what one of its parts needs; else it gets the general report. */
  reads(study: Pick<Study, "experiments">): boolean;
  /** @throws InputError where it reads nothing of the study */
  find(study: Study): Promise<Findings>;
}

type Part = Pick<ExperimentReport, "needs">;

/** The parts of a report whose experiments a study holds. */
export function partsFor<P extends Part>(parts: readonly P[], { experiments }: Pick<Study, "experiments">): P[] {
  return parts.filter(({ needs }) => needs.every((name) => Object.hasOwn(experiments, name)));
}

/**
 * A report of parts, each of which is made where the study holds what it needs.
 *
 * @param find what is made of the study by those parts, at least one
 */
export function reportOfParts<P extends Part>(
  parts: readonly P[],
  find: (study: Study, present: readonly P[]) => Promise<Findings>,
): Report {
  const needs = [...new Set(parts.flatMap((part) => part.needs))];
  return {
    needs,
    reads: (study) => partsFor(parts, study).length > 0,
    async find(study) {
      const present = partsFor(parts, study);
      if (present.length > 0) return find(study, present);
      throw new InputError(`study ${study.name}: the report needs one of the experiments ${needs.join(", ")}`);
    },
  };
}

/** A report under the study's title: its parts' verdicts and sections, in the order of the parts. */
export function reportOf(introduction: string, parts: readonly ExperimentReport[]): Report {
  return reportOfParts(parts, async (study, present) => {
    const found = await Promise.all(present.map((part) => part.find(study)));
    return {
      title: study.title,
      introduction,
      verdicts: found.flatMap(({ verdicts }) => verdicts),
      sections: found.flatMap(({ sections }) => sections),
    };
  });
}
