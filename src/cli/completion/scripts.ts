import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../config/package.js";

/** The shells for which there is a script. */
export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** The script that a shell has to source. */
export function script(shell: Shell): string {
  return readFileSync(join(packageRoot, "src", "cli", "completion", `ringdown.${shell}`), "utf8");
}
