import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { packageVersion } from "../../config/package.js";
import { describeCondition } from "../../study/condition.js";
import { sha256 } from "../../study/digest.js";
import type { Executor } from "../../study/executor.js";
import { studyFolder } from "../../study/folder-store.js";
import { type PlannedStudy, planStudy } from "../../study/grid.js";
import { type LoadedStudy, loadStudy } from "../../study/load.js";
import type { PlannedRun } from "../../study/run.js";
import { type Entry, enterStudy } from "../../study/sharing/enter.js";
import type { Shard } from "../../study/sharing/shard.js";
import type { RunStore } from "../../study/store.js";
import { runStudy, type StudyRunReport } from "../../study/study.js";
import { threadExecutor } from "../../study/thread-executor.js";
import { coloured } from "../colours.js";
import { createCommand, withExitCode } from "../command.js";
import { dryRun } from "../dry-run.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addAllowModules, requireAllowedPrograms, requireAllowedStudy } from "../modules.js";
import { openPage } from "../open-page.js";
import { addEngine, addOut, addStudyChanges, integer, type StudyOptions, shard } from "../options.js";
import { complain, say } from "../output.js";
import { shorten } from "../paths.js";
import { findStudy } from "../studies.js";
import { studyProgress } from "../study-progress.js";
import { paperMeaning, printCover, printReport } from "./report.js";

interface RunOptions extends StudyOptions {
  readonly jobs: number;
  readonly timeLimit?: number;
  readonly memoryLimit?: number;
  readonly engine: string;
  readonly out: string;
  readonly paper: boolean;
  readonly open: boolean;
  readonly dryRun: boolean;
  readonly join: boolean;
  readonly shard?: Shard;
  readonly queue?: string;
  readonly allowModules: boolean;
}

/** The longest time that a timer of Node's can wait for. */
const mostSeconds = 2_147_483;

export function runCommand(): Command {
  const command = createCommand("run")
    .description("run studies and build their reports; what is finished already is not run again")
    .argument("<study...>", "a built-in study's name (ringdown list studies), or the path of a study file");
  addStudyChanges(command)
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
    )
    .option("--paper", paperMeaning, false)
    .option("--open", "open the report in the browser, that over all studies where there are several", false)
    .option("--dry-run", "say how many runs there are and how long they take, from a sample that is timed", false)
    .option("--join", "share the runs with other processes, of any machine, that run the study in this folder", false)
    .option("--shard <i/n>", "the i-th of n parts of the runs, from 1; ringdown merge brings them together", shard)
    .option("--queue <url>", "leave the runs to ringdown worker on any machine, by a Redis: redis://host:port");
  addAllowModules(command, "a study file");
  addEngine(command);
  addOut(command, "where the folder of each study goes", "results");
  return command
    .addHelpText(
      "after",
      `
Examples:
  ringdown run damping --quick
  ringdown run cycling damping --seeds 10 --jobs 4
  ringdown run chapters --only scale-invariance
  ringdown run my-study.yaml --set experiments.first.config.optimizer.lr=0.05
  ringdown run my-study.yaml --join                    on each machine that sees the folder
  ringdown run my-study.yaml --shard 3/16`,
    )
    .action(withExitCode((studies: string[], options: RunOptions) => run(studies, options)));
}

/** A study that is to be run, with the folder of its results. */
interface Asked {
  readonly loaded: LoadedStudy;
  readonly study: PlannedStudy;
  readonly folder: string;
}

async function run(names: readonly string[], options: RunOptions): Promise<ExitCode> {
  const { resolveEngine, tasks } = await import("../registry.js");
  const engine = resolveEngine(options.engine);
  const { out } = options;
  const given = names.map((name) => loadStudy(findStudy(name), options));
  for (const { study, source } of given) await requireAllowedPrograms(study, source, options.allowModules);
  const asked = given.map((loaded): Asked => {
    const study = planStudy(loaded, tasks, engine);
    return { loaded, study, folder: join(out, study.name) };
  });
  refuseRepeated(asked);
  for (const { loaded, study } of asked) await requireAllowedStudy(study, loaded.source, options.allowModules);
  if (options.shard !== undefined) refuseTuning(asked);
  if (options.dryRun) {
    if (options.open) throw new InputError("--open: a dry run has no report to open");
    if (options.paper) throw new InputError("--paper: a dry run has no figures to draw");
    for (const { study, folder } of asked) await dryRun(study, studyFolder(folder).runs, options.jobs);
    return exitCodes.done;
  }
  if (options.queue !== undefined) await (await import("../../study/queue/redis.js")).findQueueServer(options.queue);
  // Before the first of possibly many hours: can all of it be written?
  for (const { folder } of asked) await studyFolder(folder).prepare();
  const entries = await enterAll(asked, engine, options);
  try {
    return await runAll(asked, entries, options);
  } finally {
    for (const { leave } of entries) await leave();
  }
}

async function enterAll(asked: readonly Asked[], engine: string, { join, shard }: RunOptions): Promise<Entry[]> {
  const entries: Entry[] = [];
  try {
    for (const { loaded, folder } of asked) {
      // Parts of a study may lie in one folder, and then share it.
      const work = { version: packageVersion, engine, study: sha256(JSON.stringify(loaded.study)) };
      entries.push(await enterStudy(folder, work, { join: join || shard !== undefined }));
    }
    return entries;
  } catch (error) {
    for (const { leave } of entries) await leave();
    throw error;
  }
}

async function runAll(asked: readonly Asked[], entries: readonly Entry[], options: RunOptions): Promise<ExitCode> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  let code: ExitCode = exitCodes.done;
  for (const [index, { study, folder }] of asked.entries()) {
    const report = await runOne(study, folder, entries[index], options, interruption.signal);
    if (report.interrupted) {
      complain(`interrupted; finished runs are kept in ${shorten(folder)}, the same command resumes: ${commandLine()}`);
      return exitCodes.interrupted;
    }
    if (report.failures.size > 0) {
      code = exitCodes.failed;
      tellFailures(study, report, folder);
    } else if (report.complete) {
      await printReport(folder, options.paper);
    } else {
      tellShard(report, folder, options.shard);
    }
  }
  await printCover(options.out);
  if (options.open && code === exitCodes.done) await openReport(asked, options.out);
  return code;
}

/** A part of a study has no report to open. */
async function openReport(asked: readonly Asked[], out: string): Promise<void> {
  const page = join(asked.length === 1 ? asked[0].folder : out, "index.html");
  if (existsSync(page)) await openPage(page);
}

async function runOne(
  study: PlannedStudy,
  folder: string,
  { claims }: Entry,
  { jobs, timeLimit, memoryLimit: heapLimit, shard, queue }: RunOptions,
  signal: AbortSignal,
): Promise<StudyRunReport> {
  const store = studyFolder(folder);
  const registry = new URL("../tasks.js", import.meta.url).href;
  const executor =
    queue === undefined
      ? threadExecutor({ registry, store: store.runs, jobs, timeLimit, heapLimit, claims })
      : await queueExecutorFor(queue, store.runs, timeLimit);
  const progress = studyProgress(process.stderr, jobs, undefined, (meaning, text) =>
    coloured(meaning, text, process.stderr),
  );
  const onDamaged = (run: PlannedRun, reason: string, place: string) =>
    complain(`run ${run.id} (${describeRun(run)}) is damaged and done again: ${reason}; kept in ${shorten(place)}`);
  return runStudy(study, { store, executor, progress, signal, shard, onDamaged });
}

/** Loaded when a queue is named: its packages are optional. */
async function queueExecutorFor(url: string, store: RunStore, timeLimit: number | undefined): Promise<Executor> {
  const { queueExecutor } = await import("../../study/queue/queue-executor.js");
  return queueExecutor({ url, store, timeLimit });
}

/** The command that this process was given, as it would be typed into a shell. */
function commandLine(): string {
  const words = process.argv
    .slice(2)
    .map((word) => (/^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`));
  return ["ringdown", ...words].join(" ");
}

function tellShard({ total }: StudyRunReport, folder: string, shard: Shard | undefined): void {
  const part = shard === undefined ? "" : ` of part ${shard.index} of ${shard.count}`;
  say(`${total} runs${part} are in ${shorten(folder)}; with all parts there: ringdown merge <dir> <parts...>`);
}

function tellFailures(study: PlannedStudy, { failures, total }: StudyRunReport, folder: string): void {
  for (const [run, error] of failures) complain(`run ${run.id} (${describeRun(run)}) failed: ${error.message}`);
  const kept = `the others are kept in ${shorten(folder)}, the same command runs only what is missing`;
  complain(`${failures.size} of ${total} runs of ${study.name} failed; ${kept}`);
}

function describeRun({ experiment, condition, seed }: PlannedRun): string {
  return [experiment, describeCondition(condition), `seed ${seed}`].filter((part) => part !== "").join(", ");
}

function refuseRepeated(asked: readonly Asked[]): void {
  const names = asked.map(({ study }) => study.name);
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) {
    throw new InputError(`two studies are named "${repeated}" and would share a results folder; run one at a time`);
  }
}

/** What tuning chooses depends on all of its runs. */
function refuseTuning(asked: readonly Asked[]): void {
  for (const { loaded, study } of asked) {
    const tuned = study.experiments.find((experiment) => "untuned" in experiment);
    if (tuned === undefined) continue;
    throw new InputError(`--shard: ${loaded.source}: the experiment ${tuned.name} is tuned first; share it by --join`);
  }
}
