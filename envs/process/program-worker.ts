import { spawn } from "node:child_process";
import { type MessagePort, workerData } from "node:worker_threads";

// The thread beside a run's that talks to its program: it can wait for pipes while the run waits for it.

/** What the thread is given. */
export interface RelayData {
  readonly command: readonly string[];
  readonly folder: string;
  /** Takes lines for the program, and `null` to end it; gives {@link RelayNews}. */
  readonly port: MessagePort;
  /** Counts the news, so that the run can sleep until there is some. */
  readonly count: Int32Array;
}

/** A line of the program's output, or why there will be none any more. */
export type RelayNews = { readonly line: string } | { readonly end: string };

/** No answer is longer: whoever prints on and on without a line's end is stopped. */
const longestLine = 1 << 26;
/** A program that is told to end may take so many milliseconds for it. */
const patience = 1000;

const { command, folder, port, count } = workerData as RelayData;
const child = spawn(command[0], command.slice(1), { cwd: folder, shell: false, stdio: "pipe", windowsHide: true });

function tell(news: RelayNews): void {
  port.postMessage(news);
  Atomics.add(count, 0, 1);
  Atomics.notify(count, 0);
}

function end(reason: string): void {
  tell({ end: reason });
  child.kill("SIGKILL");
  port.close();
}

let output = "";
child.stdout.setEncoding("utf8").on("data", (text: string) => {
  const lines = (output + text).split("\n");
  output = lines.pop() ?? "";
  for (const line of lines) tell({ line });
  if (output.length > longestLine) end(`printed a line of more than ${longestLine} characters`);
});

/** The last words of the standard error. */
let complaint = "";
child.stderr.setEncoding("utf8").on("data", (text: string) => {
  complaint = (complaint + text).slice(-2000);
});

child.on("error", ({ message }) => end(`cannot be started: ${message}`));
child.on("close", (code, signal) => {
  const last = complaint.trimEnd().split("\n").at(-1) ?? "";
  end(`ended ${code === null ? `by ${signal}` : `with exit code ${code}`}${last === "" ? "" : `: ${last}`}`);
});
// A program that has ended reads no more; that it has ended is told by the event "close".
child.stdin.on("error", () => {});

port.on("message", (line: string | null) => {
  if (line !== null) {
    child.stdin.write(`${line}\n`);
    return;
  }
  child.stdin.end();
  setTimeout(() => child.kill("SIGKILL"), patience).unref();
});
