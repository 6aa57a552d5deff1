import type { Command } from "commander";
import { InputError } from "../../config/input-error.js";
import { suggest } from "../../config/nearest.js";
import { createCommand, withExitCode } from "../command.js";
import { type Shell, script, shells } from "../completion/scripts.js";
import { type ExitCode, exitCodes } from "../exit-codes.js";

export function completionCommand(): Command {
  return createCommand("completion")
    .description("print the script by which a shell completes ringdown's commands, options and names")
    .argument("<shell>", shells.join(", "))
    .addHelpText(
      "after",
      `
For every session, in the shell's own file:
  ~/.bashrc                  source <(ringdown completion bash)
  ~/.zshrc, after compinit   source <(ringdown completion zsh)
  ~/.config/fish/config.fish ringdown completion fish | source`,
    )
    .action(withExitCode(completion));
}

async function completion(shell: string): Promise<ExitCode> {
  if (!isShell(shell)) throw new InputError(`completion: unknown shell "${shell}"${suggest(shell, shells)}`);
  process.stdout.write(script(shell));
  return exitCodes.done;
}

function isShell(name: string): name is Shell {
  return shells.some((known) => known === name);
}
