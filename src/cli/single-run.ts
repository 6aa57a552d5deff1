import { check } from "../config/check.js";
import { type Assignment, assign } from "../study/assign.js";
import { ensureWritable } from "../study/files.js";
import { type RunSpec, resolveConfig, runId } from "../study/grid.js";
import { executeRun, type FinishedRun } from "../study/run.js";
import { hasRun, removeRun, writeRun } from "../study/store.js";
import { liveProgress } from "./live-progress.js";
import { say } from "./output.js";
import { shorten } from "./paths.js";

export interface SingleRunOptions {
  readonly seed: number;
  readonly steps?: number;
  readonly engine: string;
  readonly set: readonly Assignment[];
  readonly json: boolean;
  readonly out?: string;
}

export interface SingleRun<Config> {
  readonly config: Config;
  readonly engine: string;
  readonly finished: FinishedRun;
  /** Steps done: fewer than asked for after a divergence. */
  readonly steps: number;
  readonly stepsPerSecond: number;
  /** Where the run is stored, if it is. */
  readonly folder?: string;
}

/**
 * Runs a task once in this process, timed from outside, and stores it when a folder is given.
 *
 * @param command its name, first in the messages about its configuration
 * @param input what the command's own options say of the configuration; `--set` comes on top
 */
export async function runSingle<Config extends { readonly steps: number }>(
  command: string,
  taskName: string,
  input: Readonly<Record<string, unknown>>,
  options: SingleRunOptions,
): Promise<SingleRun<Config>> {
  const { resolveEngine, tasks } = await import("./registry.js");
  const task = tasks[taskName];
  const engine = resolveEngine(options.engine);
  const base = options.steps === undefined ? input : { ...input, steps: options.steps };
  const changed = options.set.reduce<unknown>((config, set) => assign(config, set, `--set ${set.path}`), base);
  const config = resolveConfig(task, check(task.schema, changed, command), `${command}: `) as Config;
  const { seed, out } = options;
  if (out !== undefined) await ensureWritable(out, "--out");

  const live = liveProgress(process.stderr, config.steps);
  const started = performance.now();
  const finished = await executeRun(task, { config, seed, engine }, live.report);
  const seconds = (performance.now() - started) / 1000;
  live.stop();
  const { outcome } = finished;
  const steps = outcome.kind === "diverged" ? outcome.step : config.steps;
  const folder = out === undefined ? undefined : await store(out, { task: taskName, config, seed, engine }, finished);
  return { config, engine, finished, steps, stepsPerSecond: Math.round(steps / seconds), folder };
}

async function store(out: string, run: Omit<RunSpec, "id">, finished: FinishedRun): Promise<string> {
  const id = runId(run);
  if (!(await hasRun(out, id))) await removeRun(out, id);
  const folder = await writeRun(out, { id, ...run }, finished);
  say(`stored in ${shorten(folder)}`);
  return folder;
}
