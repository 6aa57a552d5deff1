import { join } from "node:path";
import { check } from "../config/check.js";
import { type Assignment, assign } from "../study/assign.js";
import { executeRun } from "../study/execute.js";
import { runFolder } from "../study/folder-store.js";
import { resolveConfig } from "../study/grid.js";
import { runId } from "../study/identity.js";
import type { FinishedRun, RunSpec } from "../study/run.js";
import type { Task } from "../study/task.js";
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

/** A finished run of its own, and what only a single run has: a duration. */
export interface SingleRun<Config> extends FinishedRun {
  readonly config: Config;
  readonly engine: string;
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
 * @param begun steps that were done before, of a run that is resumed
 */
export async function runSingle<Config extends { readonly steps: number }>(
  command: string,
  task: Task<Config>,
  input: Readonly<Record<string, unknown>>,
  options: SingleRunOptions,
  begun = 0,
): Promise<SingleRun<Config>> {
  const { resolveEngine } = await import("../kernels/create.js");
  const engine = resolveEngine(options.engine);
  const base = options.steps === undefined ? input : { ...input, steps: options.steps };
  const changed = options.set.reduce<unknown>((config, set) => assign(config, set, `--set ${set.path}`), base);
  const config = resolveConfig(task, check(task.schema, changed, command), `${command}: `);
  const { seed, out } = options;
  const run = { task: task.name, config, seed, engine };
  if (out !== undefined) await runFolder(out).prepare();

  const live = liveProgress(process.stderr, { steps: config.steps, begun });
  const started = performance.now();
  const finished = await executeRun(task, run, live.report).finally(live.stop);
  const seconds = (performance.now() - started) / 1000;
  const { outcome } = finished;
  const steps = outcome.kind === "diverged" ? outcome.step : config.steps;
  const folder = out === undefined ? undefined : await store(out, run, finished);
  return { ...finished, config, engine, steps, stepsPerSecond: Math.round((steps - begun) / seconds), folder };
}

async function store(out: string, run: Omit<RunSpec, "id">, finished: FinishedRun): Promise<string> {
  const id = runId(run);
  const runs = runFolder(out);
  const state = await runs.inspect(id);
  const place = state.kind === "damaged" ? await runs.setAside(id) : undefined;
  if (state.kind === "damaged" && place !== undefined) say(`${state.reason}; kept in ${shorten(place)}`);
  await runs.put({ run: { id, ...run }, finished });
  const folder = join(out, id);
  say(`stored in ${shorten(folder)}`);
  return folder;
}
