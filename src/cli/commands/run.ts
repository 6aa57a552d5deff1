import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import type { Assignment } from "../../study/assign.js";
import { describeCondition } from "../../study/condition.js";
import { studyFolder } from "../../study/folder-store.js";
import { type PlannedStudy, planStudy } from "../../study/grid.js";
import { loadStudy } from "../../study/load.js";
import type { PlannedRun } from "../../study/run.js";
import { runStudy, type StudyRunReport } from "../../study/study.js";
import { threadExecutor } from "../../study/thread-executor.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addEngine, addOut, addSet, integer, names } from "../options.js";
import { complain } from "../output.js";
import { shorten } from "../paths.js";
import { findStudy } from "../studies.js";
import { streamProgress } from "../study-progress.js";
import { printCover, printReport } from "./report.js";

interface RunOptions {
  readonly quick: boolean;
  readonly seeds?: number;
  readonly only?: readonly string[];
  readonly jobs: number;
  readonly timeLimit?: number;
  readonly memoryLimit?: number;
  readonly engine: string;
  readonly out: string;
  readonly set: readonly Assignment[];
}

/** The longest time that a timer of Node's can wait for. */
const mostSeconds = 2_147_483;

export function runCommand(): Command {
  const command = createCommand("run")
    .description("run studies and build their reports; what is finished already is not run again")
    .argument("<study...>", "a built-in study's name (ringdown list studies), or the path of a study file")
    .option("--quick", "the study's own short version", false)
    .option("--only <names>", "only these experiments, and the parts of the report that they are for", names("--only"))
    .option("--seeds <n>", "seeds 1 to n in every experiment", integer("--seeds", 1))
    .option("--jobs <n>", "worker threads (default: one a core)", integer("--jobs", 1), availableParallelism())
    .option(
      "--time-limit <seconds>",
      "a run that takes longer fails, the others go on",
      integer("--time-limit", 1, mostSeconds),
    )
    .option(
      "--memory-limit <MB>",
      "a run whose worker's heap grows beyond fails, the others go on",
      integer("--memory-limit", 16),
    );
  addEngine(command);
  addSet(command, "experiments.bilinear.config.steps=500");
  addOut(command, "where the folder of each study goes", "results");
  return command
    .addHelpText(
      "after",
      `
Examples:
  ringdown run damping --quick
  ringdown run cycling damping --seeds 10 --jobs 4
  ringdown run chapters --only scale-invariance
  ringdown run my-study.yaml --set experiments.first.config.optimizer.lr=0.05`,
    )
    .action(withExitCode((studies: string[], options: RunOptions) => run(studies, options)));
}

async function run(asked: readonly string[], options: RunOptions): Promise<ExitCode> {
  const { resolveEngine, tasks } = await import("../registry.js");
  const engine = resolveEngine(options.engine);
  const { quick, only, set, seeds, out } = options;
  const changes = { quick, only, set, seeds };
  const studies = asked.map((name) => planStudy(loadStudy(findStudy(name), changes), tasks, engine));
  refuseRepeated(studies);
  // Before the first of possibly many hours: can all of it be written?
  for (const study of studies) await studyFolder(folderOf(study, out)).prepare();

  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  let code: ExitCode = exitCodes.done;
  for (const study of studies) {
    const folder = folderOf(study, out);
    const report = await runOne(study, folder, options, interruption.signal);
    if (report.interrupted) {
      complain(`interrupted; finished runs are kept in ${shorten(folder)}, the same command resumes`);
      return exitCodes.interrupted;
    }
    if (report.failures.size > 0) {
      code = exitCodes.failed;
      tellFailures(study, report, folder);
    } else {
      await printReport(folder);
    }
  }
  await printCover(out);
  return code;
}

const folderOf = ({ name }: PlannedStudy, out: string): string => join(out, name);

function runOne(
  study: PlannedStudy,
  folder: string,
  { jobs, timeLimit, memoryLimit: heapLimit }: RunOptions,
  signal: AbortSignal,
): Promise<StudyRunReport> {
  const store = studyFolder(folder);
  const registry = new URL("../tasks.js", import.meta.url).href;
  const executor = threadExecutor({ registry, store: store.runs, jobs, timeLimit, heapLimit });
  const onDamaged = (run: PlannedRun, reason: string, place: string) =>
    complain(`run ${run.id} (${describeRun(run)}) is damaged and done again: ${reason}; kept in ${shorten(place)}`);
  return runStudy(study, { store, executor, progress: streamProgress(process.stderr), signal, onDamaged });
}

function tellFailures(study: PlannedStudy, { failures, total }: StudyRunReport, folder: string): void {
  for (const [run, error] of failures) complain(`run ${run.id} (${describeRun(run)}) failed: ${error.message}`);
  const kept = `the others are kept in ${shorten(folder)}, the same command runs only what is missing`;
  complain(`${failures.size} of ${total} runs of ${study.name} failed; ${kept}`);
}

function describeRun({ experiment, condition, seed }: PlannedRun): string {
  return [experiment, describeCondition(condition), `seed ${seed}`].filter((part) => part !== "").join(", ");
}

function refuseRepeated(studies: readonly PlannedStudy[]): void {
  const names = studies.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) {
    throw new InputError(`two studies are named "${repeated}" and would share a results folder; run one at a time`);
  }
}
