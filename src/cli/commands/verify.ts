import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { runFolder, studyFolder } from "../../study/folder-store.js";
import type { RunStore } from "../../study/store.js";
import { threadExecutor } from "../../study/thread-executor.js";
import { type Comparison, draw, inspectAll, repeatable, rerun } from "../../study/verify.js";
import { coloured } from "../colours.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { addAllowModules, requireAllowed } from "../modules.js";
import { integer } from "../options.js";
import { complain, print } from "../output.js";

interface VerifyOptions {
  readonly rerun: number;
  readonly allowModules: boolean;
  readonly seed: number;
  readonly jobs: number;
  readonly base?: string;
  readonly json: boolean;
}

export function verifyCommand(): Command {
  const command = createCommand("verify")
    .description("check every byte of stored runs against its SHA-256; on demand carry some out again and compare")
    .argument("<dir>", "a study's results folder, or a folder of single runs")
    .option("--rerun <n>", "carry out n of the runs again, drawn at random", integer("--rerun", 1), 0)
    .option("--seed <n>", "of the draw", integer("--seed", 0), 1)
    .option("--jobs <n>", "worker threads (default: one a core)", integer("--jobs", 1), availableParallelism())
    .option("--base <dir>", "the folder that relative paths in the configurations start from (default: this one)");
  addAllowModules(command, "a run");
  return command
    .option("--json", "print one JSON object on the last line of standard output", false)
    .addHelpText("after", "\nExample:\n  ringdown verify results/damping --rerun 3")
    .action(withExitCode((directory: string, options: VerifyOptions) => verify(directory, options)));
}

async function verify(directory: string, options: VerifyOptions): Promise<ExitCode> {
  const { store, ids } = await storedIn(directory);
  const states = [...(await inspectAll(store, ids))];
  const whole = states.flatMap(([id, { kind }]) => (kind === "whole" ? [id] : []));
  const missing = states.flatMap(([id, { kind }]) => (kind === "missing" ? [id] : []));
  const damaged = states.flatMap(([id, state]) => (state.kind === "damaged" ? [{ id, reason: state.reason }] : []));
  const compared = options.rerun === 0 ? undefined : await carryOutAgain(store, whole, directory, options);
  const different = [...(compared?.different ?? [])].map(([id, reason]) => ({ id, reason }));
  for (const id of missing) complain(`run ${id} is missing; run the study again`);
  for (const { id, reason } of damaged) complain(`run ${id} is damaged: ${reason}`);
  for (const { id, reason } of different) complain(`run ${id} is not the same when carried out again: ${reason}`);
  if (options.json) {
    const again = compared === undefined ? {} : { rerun: { same: compared.same, different } };
    print(JSON.stringify({ directory, whole: whole.length, missing, damaged, ...again }));
  } else {
    const all = whole.length === states.length;
    print(coloured(all ? "good" : "bad", `${whole.length} of ${states.length} runs are whole`));
    if (compared !== undefined) {
      print(`${compared.same.length} of ${compared.same.length + different.length} gave the same bytes again`);
    }
  }
  return missing.length + damaged.length + different.length > 0 ? exitCodes.failed : exitCodes.done;
}

/** The runs of a folder: those that its study lists, and others that lie there. */
async function storedIn(directory: string): Promise<{ store: RunStore; ids: string[] }> {
  if (existsSync(join(directory, "study.json"))) {
    const study = studyFolder(directory);
    const listed = Object.values((await study.get()).experiments).flatMap(({ runs }) => runs.map(({ id }) => id));
    return { store: study.runs, ids: [...new Set([...listed, ...(await study.runs.list())])] };
  }
  const candidates = [studyFolder(directory).runs, runFolder(directory)];
  for (const store of candidates) {
    const ids = await store.list();
    if (ids.length > 0) return { store, ids };
  }
  throw new InputError(`${directory}: expected a study's results folder or a folder of runs, found no run`);
}

async function carryOutAgain(
  store: RunStore,
  ids: readonly string[],
  directory: string,
  options: VerifyOptions,
): Promise<Comparison> {
  const own = await repeatable(store, ids);
  if (own.length < ids.length) {
    complain(`${ids.length - own.length} runs were made by another version of ringdown; none of them is carried out`);
  }
  const drawn = draw(own, options.rerun, options.seed);
  const records = await Promise.all(drawn.map((id) => store.record(id)));
  await requireAllowed(
    records.map(({ config }) => config),
    directory,
    options.allowModules,
  );
  const folder = await mkdtemp(join(tmpdir(), "ringdown-verify-"));
  try {
    const again = runFolder(folder);
    const registry = new URL("../tasks.js", import.meta.url).href;
    const executor = threadExecutor({ registry, store: again, jobs: options.jobs });
    return await rerun(store, drawn, { executor, store: again }, options.base);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
