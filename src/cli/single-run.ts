import { check } from "../config/check.js";
import { type Assignment, assign } from "../study/assign.js";
import { ensureWritable } from "../study/files.js";
import { resolveConfig, runId } from "../study/grid.js";
import { executeRun, type FinishedRun } from "../study/run.js";
import { hasRun, removeRun, writeRun } from "../study/store.js";
import { say } from "./output.js";
import { shorten } from "./studies.js";

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

  const started = performance.now();
  const finished = await executeRun(task, { config, seed, engine }, shareProgress(process.stderr));
  const seconds = (performance.now() - started) / 1000;
  const { outcome } = finished;
  const steps = outcome.kind === "diverged" ? outcome.step : config.steps;
  if (out !== undefined) {
    const run = { task: taskName, config, seed, engine };
    const id = runId(run);
    if (!(await hasRun(out, id))) await removeRun(out, id);
    say(`stored in ${shorten(await writeRun(out, { id, ...run }, finished))}`);
  }
  return { config, engine, finished, steps, stepsPerSecond: Math.round(steps / seconds) };
}

/** A line that counts on a terminal; elsewhere a line for every quarter. */
function shareProgress(stream: NodeJS.WriteStream): (share: number) => void {
  let quarters = 0;
  return (share) => {
    if (stream.isTTY) {
      stream.write(share >= 1 ? "\r\u001b[K" : `\r${Math.floor(100 * share)} %`);
    } else if (Math.floor(4 * share) > quarters && share < 1) {
      quarters = Math.floor(4 * share);
      stream.write(`${25 * quarters} %\n`);
    }
  };
}
