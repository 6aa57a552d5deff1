import type { OptimizerOptions } from "../src/optim/create.js";

type OptimizerName = OptimizerOptions["name"];

/** Settings beside its own options that suit an agent, where a configuration says nothing else. */
export interface AgentDefaults {
  /** Copies of the environment. */
  readonly copies: number;
  /** The optimizer meant where none is named. */
  readonly optimizer: OptimizerName;
  /**
   * Options of optimizers by name, where their own defaults, which are made for supervised learning, do not suit; an
   * optimizer that is not listed keeps its own.
   */
  readonly optimizers: Partial<Record<OptimizerName, Readonly<Record<string, number>>>>;
}

type Written = Readonly<Record<string, unknown>>;

/**
 * A run's configuration as it is written, completed by what suits its agent. What is no map is left as it is, for the
 * schema to refuse.
 *
 * @param fallback the agent meant where none is named
 * @param defaultsOf the defaults of the agent of this name; the fallback's for a name that no agent has
 */
export function withAgentDefaults(
  input: unknown,
  fallback: string,
  defaultsOf: (name: unknown) => AgentDefaults,
): unknown {
  if (!isMap(input)) return input;
  const { env = {}, agent = {}, optimizer = {}, optimizers } = input;
  const defaults = defaultsOf(isMap(agent) ? agent.name : fallback);
  const complete = (written: unknown) => withOptimizerDefaults(written, defaults);
  return {
    ...input,
    env: isMap(env) ? { copies: defaults.copies, ...env } : env,
    agent: isMap(agent) ? { name: fallback, ...agent } : agent,
    optimizer: complete(optimizer),
    ...(isMap(optimizers) && {
      optimizers: Object.fromEntries(Object.entries(optimizers).map(([part, written]) => [part, complete(written)])),
    }),
  };
}

function withOptimizerDefaults(written: unknown, { optimizer, optimizers }: AgentDefaults): unknown {
  if (!isMap(written)) return written;
  const { name = optimizer } = written;
  return { name, ...optimizers[name as OptimizerName], ...written };
}

function isMap(value: unknown): value is Written {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
