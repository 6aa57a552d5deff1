import { writeFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { check } from "../../config/check.js";
import { InputError } from "../../config/input-error.js";
import { planStudy } from "../../study/grid.js";
import { readStudyText } from "../../study/load.js";
import { nameSchema } from "../../study/schema.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { completeAnswers, type InitAnswers } from "../init-answers.js";
import { newStudyText } from "../new-study.js";
import { integer, names } from "../options.js";
import { print, say } from "../output.js";
import { schemaAddress } from "../schema-address.js";

export function initCommand(): Command {
  return createCommand("init")
    .description("write a study file that compares optimizers, from a few questions or from options")
    .argument("<file>", "the study file, which must not be there yet; its name is the study's")
    .option("--task <task>", "rl, game or problem")
    .option("--env <id>", "of rl: the environment (ringdown list envs)")
    .option("--agent <name>", "of rl: the agent (ringdown list agents)")
    .option("--game <name>", "of game: the game (ringdown list games)")
    .option("--problem <name>", "of problem: the problem")
    .option("--optimizers <names>", "the optimizers to compare, separated by commas", names("--optimizers"))
    .option("--steps <n>", "steps of a run", integer("--steps", 1))
    .option("--seeds <n>", "seeds 1 to n", integer("--seeds", 1))
    .option("--tune", "tune the learning rate of each optimizer first, on other seeds")
    .option("--no-tune", "leave every optimizer its own default")
    .addHelpText(
      "after",
      `
On a terminal it asks for what the options leave out; elsewhere rl, rmsprop and adam, 5 seeds and tuning are meant.

Examples:
  ringdown init my-study.yaml
  ringdown init my-study.yaml --task rl --env CartPole-v1 --agent a2c --optimizers rmsprop,adam --seeds 10 --tune`,
    )
    .action(withExitCode((file: string, options: InitAnswers) => init(file, options)));
}

async function init(file: string, given: InitAnswers): Promise<ExitCode> {
  if (!/\.ya?ml$/.test(file)) throw new InputError(`init: expected a file named *.yaml, found "${file}"`);
  const name = check(nameSchema, basename(file, extname(file)), `init: the name of ${file}`);
  const study = await answered(name, given);
  const text = newStudyText(study, schemaAddress(file));
  const { resolveEngine, tasks } = await import("../registry.js");
  planStudy(readStudyText(text, file), tasks, resolveEngine("auto"));
  await writeNew(file, text);
  print(file);
  say(`what it will run: ringdown explain ${file}; how long that takes: ringdown run ${file} --dry-run`);
  return exitCodes.done;
}

/** By questions where there is somebody to answer them. */
async function answered(name: string, given: InitAnswers) {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return completeAnswers(name, given);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await completeAnswers(name, given, { question: (text) => terminal.question(text), say });
  } finally {
    terminal.close();
  }
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") throw new InputError(`init: ${file} is there already and stays as it is; name another file`);
    throw new InputError(`init: ${file} cannot be written (${code})`);
  }
}
