import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { studyFolder } from "../../study/folder-store.js";
import { sightings } from "../../study/sharing/membership.js";
import { runsOf } from "../../study/sharing/merge.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { print } from "../output.js";

export function statusCommand(): Command {
  return createCommand("status")
    .description("how far a study is, and which process of which machine is at which run")
    .argument("<dir>", "a study's results folder")
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText("after", "\nExample:\n  ringdown status results/damping")
    .action(withExitCode((directory: string, { json }: { readonly json: boolean }) => status(directory, json)));
}

async function status(directory: string, json: boolean): Promise<ExitCode> {
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
  if (json) {
    print(JSON.stringify({ directory, runs: runs?.length ?? null, done: done ?? null, stored: stored.size, members }));
    return exitCodes.done;
  }
  print(runs === undefined ? `${stored.size} runs are stored` : `${done} of ${runs.length} runs are done`);
  for (const { host, pid, secondsSinceHeartbeat, runs } of members) {
    const at = runs.length === 0 ? "at no run" : `at ${runs.length === 1 ? "run" : "runs"} ${runs.join(", ")}`;
    print(`host ${host}, process ${pid}: ${at}; last heartbeat ${secondsSinceHeartbeat} s ago`);
  }
  return exitCodes.done;
}
