import type { Command } from "commander";
import { studyFolder } from "../../study/folder-store.js";
import { merge, runsOf } from "../../study/sharing/merge.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { complain, say } from "../output.js";
import { printReportAndCover } from "./report.js";

export function mergeCommand(): Command {
  return createCommand("merge")
    .description("bring the parts of a study, run by --shard or interrupted, together, and build its report")
    .argument("<dir>", "the results folder that all runs go to; it may be new")
    .argument("[parts...]", "the results folders of the parts; left out where all parts ran in the one folder")
    .addHelpText("after", "\nExample:\n  ringdown merge results/mine part-1/mine part-2/mine")
    .action(withExitCode((directory: string, parts: string[]) => bringTogether(directory, parts)));
}

async function bringTogether(directory: string, parts: readonly string[]): Promise<ExitCode> {
  const [into, ...from] = [directory, ...parts].map((name) => ({ name, store: studyFolder(name) }));
  const { record, copied, missing, wrong } = await merge(into, from);
  for (const [id, reason] of wrong) complain(`run ${id}: ${reason}`);
  const total = runsOf(record).length;
  say(`${copied} runs copied; ${total - missing.length} of ${total} runs of ${record.name} are in ${directory}`);
  if (missing.length > 0) {
    complain(`${missing.length} runs are missing, ${missing[0]} among them; run their parts again, or the study there`);
    return exitCodes.failed;
  }
  await printReportAndCover(directory);
  return wrong.size > 0 ? exitCodes.failed : exitCodes.done;
}
