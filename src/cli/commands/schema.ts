import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { createCommand, withExitCode } from "../command.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";
import { print } from "../output.js";
import { shorten } from "../paths.js";
import { studyJsonSchema } from "../study-json-schema.js";

interface SchemaOptions {
  readonly write?: string;
}

export function schemaCommand(): Command {
  return createCommand("schema")
    .description("print the JSON Schema of study files, by which editors complete and check them")
    .option("--write <file>", "write it to a file instead")
    .addHelpText(
      "after",
      "\nThe package holds it as dist/study.schema.json; ringdown init names it in the first line of a study file, where\neditors with yaml-language-server find it.",
    )
    .action(withExitCode((options: SchemaOptions) => schema(options)));
}

async function schema({ write }: SchemaOptions): Promise<ExitCode> {
  const { tasks } = await import("../registry.js");
  const text = JSON.stringify(studyJsonSchema(tasks));
  if (write === undefined) print(text);
  else {
    await writeFile(write, `${text}\n`).catch(({ code }: NodeJS.ErrnoException) => {
      throw new InputError(
        `--write: ${write === "" ? "expected the path of a file, found nothing" : `${write} cannot be written (${code})`}`,
      );
    });
    print(shorten(write));
  }
  return exitCodes.done;
}
