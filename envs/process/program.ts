import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { InputError } from "../../src/config/input-error.js";
import { show } from "../../src/config/show.js";
import type { RelayData, RelayNews } from "./program-worker.js";

/** A program that is to be started, and how long to wait for it. */
export interface ProgramOptions {
  /** The program's file or name, and its arguments. No shell sees them. */
  readonly command: readonly string[];
  /** Seconds to wait for each answer. */
  readonly timeLimit: number;
}

/**
 * A program of its own process that answers requests: a JSON object on a line of its standard input, one on a line of
 * its standard output. Asking waits, as environments are stepped synchronously; a thread beside keeps the pipes.
 */
export class Program {
  readonly #name: string;
  readonly #timeLimit: number;
  readonly #port: MessagePort;
  readonly #count = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  #seen = 0;
  #ended: string | undefined;

  /** @param folder the program's working directory */
  constructor({ command, timeLimit }: ProgramOptions, folder: string) {
    this.#name = command.join(" ");
    this.#timeLimit = timeLimit;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const workerData: RelayData = { command, folder, port: port2, count: this.#count };
    const url = new URL("./program-worker.js", import.meta.url);
    new Worker(url, { workerData, transferList: [port2], execArgv: [] }).unref();
    port1.unref();
  }

  /**
   * The program's answer.
   *
   * @throws InputError one line, where it ends, is late, prints anything but a JSON object, or answers with an error;
   *   but for the last it has ended then
   */
  ask(request: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    if (this.#ended !== undefined) throw this.#complaint(this.#ended);
    this.#port.postMessage(JSON.stringify(request));
    const answer = this.#parse(this.#nextLine(String(request.op)));
    if (answer.error === undefined) return answer;
    throw this.#complaint(`${request.op}: ${String(answer.error).split("\n")[0]}`);
  }

  /** Closes the program's standard input, which tells it to end, and kills it where it does not. */
  close(): void {
    if (this.#ended === undefined) this.#end("was closed");
  }

  #nextLine(op: string): string {
    for (;;) {
      const received = receiveMessageOnPort(this.#port) as { message: RelayNews } | undefined;
      if (received !== undefined) {
        this.#seen++;
        if ("line" in received.message) return received.message.line;
        this.#ended = received.message.end;
        throw this.#complaint(this.#ended);
      }
      if (Atomics.wait(this.#count, 0, this.#seen, 1000 * this.#timeLimit) === "timed-out") {
        throw this.#end(`${op}: expected an answer within ${this.#timeLimit} s, found none`);
      }
    }
  }

  #parse(line: string): Readonly<Record<string, unknown>> {
    try {
      const value: unknown = JSON.parse(line);
      if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    } catch {
      // Told below, like JSON of another kind.
    }
    throw this.#end(`expected a JSON object on a line, found ${show(line)}`);
  }

  #end(reason: string): InputError {
    this.#ended = reason;
    this.#port.postMessage(null);
    return this.#complaint(reason);
  }

  #complaint(reason: string): InputError {
    return new InputError(`${this.#name}: ${reason}`);
  }
}
