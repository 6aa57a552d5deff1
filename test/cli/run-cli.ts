import { spawn, spawnSync } from "node:child_process";
import { vi } from "vitest";
import { runCommandLine } from "../../src/cli/run-command-line.js";
import { builtCli } from "../study/built.js";

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** As it is when a command starts: tests may have changed it. */
const environment = () => ({ ...process.env, NO_COLOR: "1" });

/** Runs the compiled command line in a process of its own, as a user would, in a folder. */
export function ringdown(folder: string, ...words: string[]): CliResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtCli, ...words], {
    cwd: folder,
    encoding: "utf8",
    env: environment(),
  });
  return { status, stdout, stderr };
}

/** What `--json` prints: the last line of standard output. */
export const lastLine = (text: string) => JSON.parse(text.trimEnd().split("\n").at(-1) as string);

/** Runs the command line in this process, which is faster; for everything that starts no worker threads. */
export async function ringdownHere(folder: string, ...words: string[]): Promise<CliResult> {
  const before = { folder: process.cwd(), exitCode: process.exitCode };
  const written = { stdout: "", stderr: "" };
  const capture = (name: "stdout" | "stderr") =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += text;
      return true;
    });
  const spies = [capture("stdout"), capture("stderr")];
  process.chdir(folder);
  process.exitCode = 0;
  try {
    await runCommandLine(words);
    return { status: Number(process.exitCode), ...written };
  } finally {
    process.exitCode = before.exitCode;
    process.chdir(before.folder);
    for (const spy of spies) spy.mockRestore();
  }
}

/** A process of its own, ended by an interrupt as soon as its standard error says something that matches. */
export function interrupted(folder: string, when: RegExp, ...words: string[]): Promise<CliResult> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [builtCli, ...words], { cwd: folder, env: environment() });
    let [stdout, stderr] = ["", ""];
    let sent = false;
    child.stdout.on("data", (data) => {
      stdout += data;
    });
    child.stderr.on("data", (data) => {
      stderr += data;
      if (!sent && when.test(stderr)) sent = child.kill("SIGINT");
    });
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}
