import type { Command } from "commander";
import { describeCondition } from "../../study/condition.js";
import { planStudy } from "../../study/grid.js";
import { loadStudy } from "../../study/load.js";
import type { Tune } from "../../study/tuning/schema.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { type ExplainedExperiment, explain, type Leaves } from "../explanation.js";
import { addAllowModules, requireAllowedPrograms } from "../modules.js";
import { addEngine, addStudyChanges, type StudyOptions } from "../options.js";
import { aligned, print } from "../output.js";
import { distinct, sizeOf } from "../plan.js";
import { findStudy } from "../studies.js";

interface ExplainOptions extends StudyOptions {
  readonly engine: string;
  readonly allowModules: boolean;
  readonly json: boolean;
}

export function explainCommand(): Command {
  const command = createCommand("explain")
    .description("what a study will run: its conditions, resolved, and how they differ; runs nothing")
    .argument("<study>", "a built-in study's name (ringdown list studies), or the path of a study file");
  addAllowModules(command, "a study file");
  return addEngine(addStudyChanges(command))
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText(
      "after",
      "\nHow long it takes: ringdown run <study> --dry-run\n\nExamples:\n  ringdown explain damping --quick\n  ringdown explain my-study.yaml --set experiments.first.config.steps=500 --json",
    )
    .action(withExitCode(explainStudy));
}

async function explainStudy(name: string, options: ExplainOptions): Promise<ExitCode> {
  const { resolveEngine, tasks } = await import("../registry.js");
  const engine = resolveEngine(options.engine);
  const loaded = loadStudy(findStudy(name), options);
  // A program is asked what it is when its runs are planned.
  await requireAllowedPrograms(loaded.study, loaded.source, options.allowModules);
  const study = planStudy(loaded, tasks, engine);
  const experiments = explain(study);
  const total = distinct(experiments.flatMap(({ plan }) => [...plan.trials, ...plan.runs])).length;
  if (options.json) {
    const shown = experiments.map(({ plan: { trials, runs, ...plan }, ...resolved }) => ({
      ...plan,
      tuningRuns: trials.length,
      ...resolved,
    }));
    const { source } = loaded;
    print(JSON.stringify({ study: study.name, title: study.title, source, engine, runs: total, experiments: shown }));
    return exitCodes.done;
  }
  print(`${study.name}: ${study.title}`);
  print(`${total} runs on ${engine}, from ${loaded.source}`);
  for (const experiment of experiments) for (const line of paragraph(experiment)) print(line);
  return exitCodes.done;
}

function paragraph({ plan, tune, config, conditions }: ExplainedExperiment): string[] {
  const [first, ...others] = conditions;
  const axes = Object.entries(plan.axes).map(([path, labels]) => [path, labels.join(", ")] as const);
  const named = describeCondition(first.condition);
  return [
    "",
    `${plan.name}, task ${plan.task}: ${sizeOf(plan)}`,
    ...indented([...axes, ["seeds", plan.seeds.join(", ")], ...tuningRows(tune)]),
    `  configuration${named === "" ? "" : ` in the condition ${named}`}:`,
    ...indented(shown(config), "    "),
    ...(others.length === 0 ? [] : ["  what is another in the other conditions:"]),
    ...indented(
      others.map(({ condition, differs }) => [describeCondition(condition), assignments(differs)]),
      "    ",
    ),
    ...(tune === undefined ? ["  runs by seed:"] : []),
    ...(tune === undefined
      ? indented(
          conditions.map(({ condition, runs }) => [
            describeCondition(condition),
            runs.map(({ seed, id }) => `${seed} ${id}`).join(", "),
          ]),
          "    ",
        )
      : []),
  ];
}

function tuningRows(tune: Tune | undefined): [string, string][] {
  if (tune === undefined) return [];
  const { axes, metric, goal, seeds, per } = tune;
  const apart = per === undefined ? "for every condition apart" : `apart for each ${per.join(", ")}`;
  return [
    ...Object.entries(axes).map(([path, range]): [string, string] => [`tuned ${path}`, JSON.stringify(range)]),
    [
      "tuned to",
      `${goal} ${metric} over the seeds ${seeds.join(", ")}, ${per?.length === 0 ? "for all conditions" : apart}`,
    ],
  ];
}

const shown = (values: Leaves) => Object.entries(values).map(([path, value]) => [path, JSON.stringify(value)] as const);
const assignments = (values: Leaves) =>
  shown(values)
    .map((pair) => pair.join("="))
    .join(", ");

function indented(rows: readonly (readonly [string, string])[], indent = "  "): string[] {
  return rows.length === 0 ? [] : aligned(rows).map((line) => `${indent}${line}`);
}
