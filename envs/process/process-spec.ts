import { InputError } from "../../src/config/input-error.js";
import type { EnvSpec } from "../dynamics.js";
import { ProcessDynamics } from "./process-dynamics.js";
import type { ProgramOptions } from "./program.js";
import { type Description, startProgram, toSpace } from "./protocol.js";

/** Seconds to wait for an answer, where nothing else is said. */
export const defaultTimeLimit = 60;

/** A program, what it said of its environment where it was asked before, and where it is started. */
export interface ProcessOptions extends Pick<ProgramOptions, "command"> {
  readonly timeLimit?: number;
  readonly description?: Description;
  /** The program's working directory; this process's where left out. */
  readonly folder?: string;
}

/**
 * The specification of an environment that a program steps, by the protocol of this folder's README; `make`, `makeVector`
 * and `register` take it like any other. Each of its instances, whatever its copies, is a process of its own, which `close` ends. What the program draws comes
 * from seeds that it is given. It can be neither saved nor copied.
 *
 *     const cartPole = processSpec({ command: ["python3", "gymnasium_server.py", "CartPole-v1"] });
 *     const env = makeVector(cartPole, { copies: 4, streams: new Streams(1) });
 *
 * @throws InputError where the program cannot be started or does not say what it is
 */
export function processSpec({
  command,
  timeLimit = defaultTimeLimit,
  folder = ".",
  description,
}: ProcessOptions): EnvSpec {
  const options = { command, timeLimit };
  const described = description ?? describeProgram(options, folder);
  const { name, version, maxEpisodeSteps, parameters } = described;
  return {
    id: name,
    description: `of ${command.join(" ")}, ${version}`,
    maxEpisodeSteps: maxEpisodeSteps ?? Number.POSITIVE_INFINITY,
    observationSpace: toSpace(described.observationSpace),
    actionSpace: toSpace(described.actionSpace),
    stateNames: [],
    parameters,
    outside: true,
    dynamics(copies) {
      const started = startProgram(options, folder, copies);
      const { program } = started;
      try {
        refuseChange(command, described, started.description);
        return new ProcessDynamics(program, described, copies);
      } catch (error) {
        program.close();
        throw error;
      }
    },
  };
}

/**
 * What a program says of its environment; it is asked once by each process of this one.
 *
 * @throws InputError where the program cannot be started or does not say what it is
 */
export function describeProgram(options: ProgramOptions, folder: string): Description {
  const key = JSON.stringify([options.command, folder]);
  const known = descriptions.get(key);
  if (known !== undefined) return known;
  const { program, description } = startProgram(options, folder, 1);
  program.close();
  descriptions.set(key, description);
  return description;
}
const descriptions = new Map<string, Description>();

/**
 * Refuses a program that describes its environment otherwise than before.
 *
 * @throws InputError with the first part that differs
 */
export function refuseChange(command: readonly string[], expected: Description, found: Description): void {
  for (const key of Object.keys(expected) as (keyof Description)[]) {
    const [before, now] = [inOrder(expected[key]), inOrder(found[key])];
    if (before === now) continue;
    throw new InputError(`${command.join(" ")}: ${key} has changed: expected ${before}, found ${now}`);
  }
}

/** As JSON with the keys of objects in order: stored descriptions may have another one. */
function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
