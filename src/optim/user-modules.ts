import { withModuleHash } from "../config/user-module.js";
import type { OptimizerOptions } from "./create.js";

/** The part of a task's configuration that names optimizers. */
interface Optimizers {
  readonly optimizer: OptimizerOptions;
  readonly optimizers?: Readonly<Record<string, OptimizerOptions>>;
}

/**
 * A configuration whose optimizers have the hash of the user's module that they name, as a run's identity needs it: what
 * a task's `resolve` does for optimizers.
 *
 * @param base what a module's relative path is relative to
 * @throws InputError beginning with the path in the configuration, where there is no such file or its hash is another
 */
export function withOptimizerModules<Config extends Optimizers>(config: Config, base: string): Config {
  const { optimizer, optimizers } = config;
  const resolved = { ...config, optimizer: withModule(optimizer, "optimizer", base) };
  if (optimizers === undefined) return resolved;
  const byPlayer = Object.entries(optimizers).map(
    ([player, options]) => [player, withModule(options, `optimizers.${player}`, base)] as const,
  );
  return { ...resolved, optimizers: Object.fromEntries(byPlayer) };
}

function withModule(options: OptimizerOptions, where: string, base: string): OptimizerOptions {
  return options.name === "custom" ? withModuleHash(options, where, base) : options;
}
