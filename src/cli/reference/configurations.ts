import { type Option, optionsAt } from "../../config/options.js";
import type { Schema } from "../../config/schema-walk.js";
import { experimentSchema, studySchema } from "../../study/schema.js";
import { tasks } from "../tasks.js";
import { type EnvironmentParameter, parametersOf } from "./environments.js";

/** A configuration whose keys can be named: that of a task, or a part of a study file. */
export interface Configuration {
  readonly name: string;
  readonly schema: Schema;
  /** The command whose `--set` reaches its keys. */
  readonly command?: string;
  /** Where its keys stand in a study file. */
  readonly study: string;
}

const commands: Readonly<Record<string, string>> = { rl: "train", game: "play" };

/** Every configuration; the keys of an experiment may be named without the study and its name before them. */
export const configurations: readonly Configuration[] = [
  ...tasks.map(({ name, schema }) => ({
    ...{ name: `task ${name}`, schema, study: "experiments.<name>.config." },
    ...(Object.hasOwn(commands, name) && { command: commands[name] }),
  })),
  { name: "experiment of a study", schema: experimentSchema, study: "experiments.<name>." },
  { name: "study file", schema: studySchema, study: "" },
];

/** The places that a path means, and the configurations that have them alike. */
export interface Found {
  readonly configurations: readonly Configuration[];
  readonly options: readonly Option[];
}

/** `optimizer.rho`, `env.drift.0.schedule`; a study's own way to a configuration may stand before it. */
export function findPath(path: string): Found[] {
  const steps = withoutStudy(path.split("."));
  const found = new Map<string, Found>();
  for (const configuration of configurations) {
    const options = optionsAt(configuration.schema, steps).filter(({ path }) => path.length > 0);
    if (options.length === 0) continue;
    const alike = JSON.stringify(options);
    const before = found.get(alike)?.configurations ?? [];
    found.set(alike, { configurations: [...before, configuration], options });
  }
  return [...found.values()];
}

/** `env.parameters.gravity`, `env.CartPole-v1.gravity`, `env.gravity`: the environments that have such a parameter. */
export function findParameter(path: string, ids: readonly string[]): EnvironmentParameter[] {
  const [first, ...rest] = withoutStudy(path.split("."));
  if (first !== "env" || rest.length === 0) return [];
  const id = ids.find((one) => one === rest[0]);
  const steps = id === undefined ? rest : rest.slice(1);
  const name = (steps[0] === "parameters" ? steps.slice(1) : steps).join(".");
  return (id === undefined ? ids : [id]).flatMap(parametersOf).filter((one) => one.name === name);
}

/** The longest part of a path that means something, and what could follow there. */
export function longestPath(path: string): { readonly known: string; readonly next: readonly string[] } {
  const steps = withoutStudy(path.split("."));
  for (let length = steps.length - 1; length > 0; length--) {
    const known = steps.slice(0, length).join(".");
    const options = findPath(known).flatMap((found) => found.options);
    if (options.length > 0)
      return { known, next: [...new Set(options.flatMap(({ names, keys }) => [...names, ...keys]))] };
  }
  const next = configurations.flatMap(({ schema }) => optionsAt(schema, []).flatMap(({ keys }) => keys));
  return { known: "", next: [...new Set(next)] };
}

/** Without `experiments.<name>.config`, which leads from a study to the configuration of a task. */
function withoutStudy(steps: readonly string[]): readonly string[] {
  return steps[0] === "experiments" && steps[2] === "config" && steps.length > 3 ? steps.slice(3) : steps;
}
