import { availableParallelism } from "node:os";
import type { Command } from "commander";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addAllowModules } from "../modules.js";
import { integer } from "../options.js";
import { say } from "../output.js";

interface WorkerOptions {
  readonly queue: string;
  readonly jobs: number;
  readonly memoryLimit?: number;
  readonly allowModules: boolean;
}

export function workerCommand(): Command {
  const command = createCommand("worker")
    .description("carry out runs that ringdown run --queue puts on a queue, until interrupted")
    .requiredOption("--queue <url>", "a Redis or Valkey: redis://user:password@host:port, rediss:// over TLS")
    .option("--jobs <n>", "worker threads (default: one a core)", integer("--jobs", 1), availableParallelism())
    .option("--memory-limit <MB>", "a run whose worker's heap grows beyond fails", integer("--memory-limit", 16));
  addAllowModules(command, "a run");
  return command
    .addHelpText("after", "\nExample:\n  ringdown worker --queue redis://queue.example:6379 --jobs 8")
    .action(withExitCode((options: WorkerOptions) => work(options)));
}

async function work({ queue: url, jobs, memoryLimit: heapLimit, allowModules }: WorkerOptions): Promise<ExitCode> {
  const { workOnQueue } = await import("../../study/queue/queue-worker.js");
  const { withoutPassword } = await import("../../study/queue/redis.js");
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const shown = withoutPassword(url);
  const onReady = () => say(`${jobs} ${jobs === 1 ? "thread takes" : "threads take"} runs from ${shown}; Ctrl-C ends`);
  const registry = new URL("../tasks.js", import.meta.url).href;
  const onEnded = (id: string, error: Error | undefined) =>
    say(error === undefined ? `run ${id} done` : `run ${id} failed: ${error.message}`);
  await workOnQueue({ url, registry, jobs, heapLimit, allowModules, signal: interruption.signal, onReady, onEnded });
  return exitCodes.interrupted;
}
