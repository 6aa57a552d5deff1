import text from "../../../../reports/chapters/study.yaml?raw";
import { check } from "../../../config/check.js";
import { assign } from "../../../study/assign.js";
import { type ExperimentFile, studySchema } from "../../../study/schema.js";
import { parseYaml } from "../../../study/yaml.js";

// The experiments of the chapters' claims, from the very file that the command line runs.

const file = "reports/chapters/study.yaml";
const written = parseYaml(text);
const whole = check(studySchema, written, file);
const shortened = Object.entries(whole.quick ?? {}).reduce(
  (document, [path, value]) => assign(document, { path, value }, `${file}: quick`),
  written,
);

/** By the names of their claims, as the full study has them. */
export const experiments: Readonly<Record<string, ExperimentFile>> = whole.experiments;

/** The same with what `--quick` shortens. */
export const quickExperiments: typeof experiments = check(studySchema, shortened, `${file} with --quick`).experiments;
