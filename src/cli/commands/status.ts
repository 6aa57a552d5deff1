import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { studyFolder } from "../../study/folder-store.js";
import { sightings } from "../../study/sharing/membership.js";
import { runsOf } from "../../study/sharing/merge.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { print } from "../output.js";

interface StatusOptions {
  readonly json: boolean;
  readonly queue?: string;
}

export function statusCommand(): Command {
  return createCommand("status")
    .description("how far a study is, and which process of which machine is at which run")
    .argument("<dir>", "a study's results folder")
    .option("--queue <url>", "also what waits there, and which worker is at which run")
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText("after", "\nExample:\n  ringdown status results/damping")
    .action(withExitCode((directory: string, options: StatusOptions) => status(directory, options)));
}

async function status(directory: string, { json, queue: url }: StatusOptions): Promise<ExitCode> {
  const store = studyFolder(directory);
  const record = await store.planOrRecord();
  const stored = new Set(await store.runs.list());
  const members = (await sightings(directory)).map(({ member: { member, beat }, claims }) => ({
    ...{
      host: member.host,
      pid: member.pid,
      secondsSinceHeartbeat: Math.max(0, Math.round((Date.now() - beat) / 1000)),
    },
    runs: claims.filter((name) => name !== "study"),
  }));
  if (record === undefined && stored.size === 0 && members.length === 0) {
    throw new InputError(`${directory}: expected a study's results folder, found no run and nobody at work`);
  }
  // What tuning runs before is known to the record no more than how many runs it takes.
  const runs = record === undefined ? undefined : runsOf(record);
  const done = runs?.filter((id) => stored.has(id)).length;
  const queue =
    url === undefined ? undefined : await (await import("../../study/queue/queue-status.js")).queueStatus(url);
  if (json) {
    const counts = { runs: runs?.length ?? null, done: done ?? null, stored: stored.size };
    print(JSON.stringify({ directory, ...counts, members, ...(queue === undefined ? {} : { queue }) }));
    return exitCodes.done;
  }
  print(runs === undefined ? `${stored.size} runs are stored` : `${done} of ${runs.length} runs are done`);
  for (const { host, pid, secondsSinceHeartbeat, runs } of members) {
    const at = runs.length === 0 ? "at no run" : `at ${runs.length === 1 ? "run" : "runs"} ${runs.join(", ")}`;
    print(`host ${host}, process ${pid}: ${at}; last heartbeat ${secondsSinceHeartbeat} s ago`);
  }
  if (queue !== undefined) {
    print(`${queue.waiting} runs wait on the queue`);
    for (const { run, worker } of queue.active) print(`worker ${worker}: at run ${run}`);
  }
  return exitCodes.done;
}
