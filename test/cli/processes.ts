import { type ChildProcess, spawn } from "node:child_process";
import { afterEach } from "vitest";
import { builtCli } from "../study/built.js";

/** A command line in a process of its own, which the test goes on beside. */
export interface Started {
  readonly pid: number;
  /** What it has said on standard error so far. */
  said(): string;
  /** Its exit code, or the signal that ended it. */
  readonly exit: Promise<number | NodeJS.Signals>;
  signal(signal: NodeJS.Signals): void;
  /** Ends it and all that it has started, without a warning. */
  kill(): void;
}

export interface Start {
  /** The working directory. */
  readonly here: string;
  /** A command that starts the command that it is given: `unshare --net`. */
  readonly by?: readonly string[];
  /** Another program than the compiled command line. */
  readonly program?: string;
}

/** Starts processes, each the head of a group of its own; none outlives its test. */
export function processes(): (start: Start, ...words: readonly string[]) => Started {
  const started: Started[] = [];
  afterEach(() => {
    for (const one of started.splice(0)) one.kill();
  });
  return ({ here, by = [], program = builtCli }, ...words) => {
    const [command, ...rest] = [...by, process.execPath, program, ...words];
    const child = spawn(command, rest, { cwd: here, stdio: ["ignore", "ignore", "pipe"], detached: true });
    started.push(describe(child));
    return started[started.length - 1];
  };
}

function describe(child: ChildProcess): Started {
  let text = "";
  child.stderr?.on("data", (data) => {
    text += data;
  });
  const exit = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => resolve(signal ?? (status as number)));
  });
  const pid = child.pid as number;
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  return {
    ...{ pid, exit, said: () => text },
    signal: (signal) => void child.kill(signal),
    kill: () => {
      if (!isOver()) process.kill(-pid, "SIGKILL");
    },
  };
}
